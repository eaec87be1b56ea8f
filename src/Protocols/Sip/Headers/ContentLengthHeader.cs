using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Content-Length = 1*DIGIT (RFC 3261 section 20.14), at most 2147483647.</summary>
[Header(HeaderProtocol.Sip, "Content-Length", Compact = "l", Order = 250)]
public sealed class ContentLengthHeader : NumberHeader
{
    /// <summary>Composes a value.</summary>
    public ContentLengthHeader(int value)
        : base(value)
    {
    }

    /// <summary>Reads the value; false when it is no number or too great.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ContentLengthHeader? header)
    {
        header = Digits.TryParse(value, int.MaxValue, out var number) ? new ContentLengthHeader((int)number) : null;
        return header is not null;
    }
}
