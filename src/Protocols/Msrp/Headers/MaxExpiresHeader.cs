using System.Globalization;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

/// <summary>Max-Expires = "Max-Expires:" SP 1*DIGIT: the longest time a relay grants (RFC 4976 section 7).</summary>
[Header(HeaderProtocol.Msrp, "Max-Expires")]
public readonly record struct MaxExpiresHeader(long Seconds)
{
    /// <summary>Reads the value; false when it is no number or exceeds 2^32-1.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out MaxExpiresHeader header)
    {
        var isRight = Digits.TryParse(value, uint.MaxValue, out var seconds);
        header = new MaxExpiresHeader(seconds);
        return isRight;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Seconds.ToString(CultureInfo.InvariantCulture);
}
