using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Session-Expires = delta-seconds *( SEMI se-params ) (RFC 4028 section 4).</summary>
[Header(HeaderProtocol.Sip, "Session-Expires", Compact = "x")]
public sealed class SessionExpiresHeader
{
    /// <summary>Composes a value.</summary>
    public SessionExpiresHeader(int seconds, SipParameters? parameters = null)
    {
        Seconds = seconds;
        Parameters = parameters ?? SipParameters.Empty;
    }

    /// <summary>Seconds.</summary>
    public int Seconds { get; }

    /// <summary>The parameters.</summary>
    public SipParameters Parameters { get; }

    /// <summary>"uac" or "uas", in lower case; null when it is not said.</summary>
    public string? Refresher => Parameters["refresher"]?.ToLowerInvariant();

    /// <summary>Reads the value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out SessionExpiresHeader? header)
    {
        header = null;
        var semicolon = value.IndexOf((byte)';');
        var scanner = new HeaderScanner(semicolon < 0 ? default : value[semicolon..]);
        if (!DeltaSeconds.TryParse((semicolon < 0 ? value : value[..semicolon]).Trim(" \t"u8), out var seconds)
            || !SipParameters.TryParse(ref scanner, out var parameters))
        {
            return false;
        }

        header = new SessionExpiresHeader(seconds, parameters);
        return true;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seconds}{Parameters}");
}
