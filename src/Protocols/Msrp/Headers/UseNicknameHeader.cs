using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

[Header(HeaderProtocol.Msrp, "Use-Nickname")]
public readonly record struct UseNicknameHeader(string Value)
{
    public static bool TryParse(ReadOnlySpan<byte> value, out UseNicknameHeader header) => throw new NotImplementedException();
}
