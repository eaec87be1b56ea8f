using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Min-SE = delta-seconds *( SEMI generic-param ) (RFC 4028 section 5).</summary>
[Header(HeaderProtocol.Sip, "Min-SE")]
public sealed class MinSEHeader
{
    /// <summary>Composes a value.</summary>
    public MinSEHeader(int seconds, SipParameters? parameters = null)
    {
        Seconds = seconds;
        Parameters = parameters ?? SipParameters.Empty;
    }

    /// <summary>Seconds.</summary>
    public int Seconds { get; }

    /// <summary>The parameters.</summary>
    public SipParameters Parameters { get; }

    /// <summary>Reads the value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out MinSEHeader? header)
    {
        header = null;
        var semicolon = value.IndexOf((byte)';');
        var scanner = new HeaderScanner(semicolon < 0 ? default : value[semicolon..]);
        if (!DeltaSeconds.TryParse((semicolon < 0 ? value : value[..semicolon]).Trim(" \t"u8), out var seconds)
            || !SipParameters.TryParse(ref scanner, out var parameters))
        {
            return false;
        }

        header = new MinSEHeader(seconds, parameters);
        return true;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seconds}{Parameters}");
}
