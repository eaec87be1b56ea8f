using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Retry-After = delta-seconds [ comment ] *( SEMI retry-param ) (RFC 3261 section 20.33).</summary>
[Header(HeaderProtocol.Sip, "Retry-After")]
public sealed class RetryAfterHeader
{
    /// <summary>Composes a value.</summary>
    public RetryAfterHeader(int seconds) => Seconds = seconds;

    /// <summary>Seconds to wait.</summary>
    public int Seconds { get; }

    /// <summary>Reads the value; comment and parameters are not looked at. False when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out RetryAfterHeader? header)
    {
        var end = value.IndexOfAny(" \t(;"u8);
        header = DeltaSeconds.TryParse(end < 0 ? value : value[..end], out var seconds) ? new RetryAfterHeader(seconds) : null;
        return header is not null;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Seconds.ToString(CultureInfo.InvariantCulture);
}
