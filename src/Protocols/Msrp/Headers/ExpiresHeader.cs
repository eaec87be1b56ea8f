using System.Globalization;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

/// <summary>Expires = "Expires:" SP 1*DIGIT: how long an AUTH is asked or granted to hold (RFC 4976 section 7).</summary>
[Header(HeaderProtocol.Msrp, "Expires")]
public readonly record struct ExpiresHeader(long Seconds)
{
    /// <summary>Reads the value; false when it is no number or exceeds 2^32-1.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out ExpiresHeader header)
    {
        var isRight = Digits.TryParse(value, uint.MaxValue, out var seconds);
        header = new ExpiresHeader(seconds);
        return isRight;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Seconds.ToString(CultureInfo.InvariantCulture);
}
