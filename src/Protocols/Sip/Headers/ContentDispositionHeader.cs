using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Content-Disposition = disp-type *( SEMI disp-param ) (RFC 3261 section 20.11).</summary>
[Header(HeaderProtocol.Sip, "Content-Disposition", Order = 201)]
public sealed class ContentDispositionHeader
{
    /// <summary>Composes a value.</summary>
    public ContentDispositionHeader(string disposition, SipParameters? parameters = null)
    {
        Disposition = disposition;
        Parameters = parameters ?? SipParameters.Empty;
    }

    /// <summary>The disposition type in lower case: "session", "render", "recipient-list".</summary>
    public string Disposition { get; }

    /// <summary>The parameters.</summary>
    public SipParameters Parameters { get; }

    /// <summary>Whether the body may be ignored when it is not understood (handling=optional).</summary>
    public bool IsOptional => string.Equals(Parameters["handling"], "optional", StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ContentDispositionHeader? header)
    {
        header = ParameterizedToken.TryParse(value, out var token, out var parameters) ? new ContentDispositionHeader(token.ToLowerInvariant(), parameters) : null;
        return header is not null;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Disposition + Parameters;
}
