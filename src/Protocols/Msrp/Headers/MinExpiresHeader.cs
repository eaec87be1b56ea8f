using System.Globalization;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

/// <summary>Min-Expires = "Min-Expires:" SP 1*DIGIT: the shortest time a relay grants (RFC 4976 section 7).</summary>
[Header(HeaderProtocol.Msrp, "Min-Expires")]
public readonly record struct MinExpiresHeader(long Seconds)
{
    /// <summary>Reads the value; false when it is no number or exceeds 2^32-1.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out MinExpiresHeader header)
    {
        var isRight = Digits.TryParse(value, uint.MaxValue, out var seconds);
        header = new MinExpiresHeader(seconds);
        return isRight;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Seconds.ToString(CultureInfo.InvariantCulture);
}
