using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Max-Forwards = 1*DIGIT, 0 to 255 (RFC 3261 section 20.22).</summary>
[Header(HeaderProtocol.Sip, "Max-Forwards", Order = 30)]
public sealed class MaxForwardsHeader : NumberHeader
{
    /// <summary>Composes a value.</summary>
    public MaxForwardsHeader(int value)
        : base(value)
    {
    }

    /// <summary>Reads the value; false when it is no number or too great.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out MaxForwardsHeader? header)
    {
        header = Digits.TryParse(value, byte.MaxValue, out var number) ? new MaxForwardsHeader((int)number) : null;
        return header is not null;
    }
}
