using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

[Header(HeaderProtocol.Msrp, "Byte-Range")]
public readonly record struct ByteRange(long Start, long End, long Total)
{
    public static bool TryParse(ReadOnlySpan<byte> value, out ByteRange header) => throw new NotImplementedException();
}
