using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Replaces = callid *( SEMI replaces-param ), with exactly one to-tag and one from-tag (RFC 3891 section 6.1).</summary>
[Header(HeaderProtocol.Sip, "Replaces")]
public sealed class ReplacesHeader
{
    private ReplacesHeader(string callId, SipParameters parameters)
    {
        CallId = callId;
        Parameters = parameters;
    }

    /// <summary>The Call-ID of the dialog to be replaced.</summary>
    public string CallId { get; }

    /// <summary>The tag that is the receiver's own in that dialog.</summary>
    public string ToTag => Parameters["to-tag"] ?? "";

    /// <summary>The tag of the receiver's peer in that dialog.</summary>
    public string FromTag => Parameters["from-tag"] ?? "";

    /// <summary>Whether only an early dialog may be replaced.</summary>
    public bool EarlyOnly => Parameters.Contains("early-only");

    /// <summary>The parameters.</summary>
    public SipParameters Parameters { get; }

    /// <summary>The value that names a dialog as its receiver knows it.</summary>
    public static ReplacesHeader Create(string callId, string toTag, string fromTag) =>
        new(callId, SipParameters.Empty.With("to-tag", toTag).With("from-tag", fromTag));

    /// <summary>Reads the value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ReplacesHeader? header)
    {
        header = null;
        var semicolon = value.IndexOf((byte)';');
        var scanner = new HeaderScanner(semicolon < 0 ? default : value[semicolon..]);
        if (!CallIdHeader.TryParse((semicolon < 0 ? value : value[..semicolon]).Trim(" \t"u8), out var callId)
            || !SipParameters.TryParse(ref scanner, out var parameters)
            || parameters["to-tag"] is null || parameters["from-tag"] is null)
        {
            return false;
        }

        header = new ReplacesHeader(callId.Value, parameters);
        return true;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => CallId + Parameters;
}
