using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Max-Forwards")]
public sealed class MaxForwardsHeader : NumberHeader
{
    public MaxForwardsHeader(int value) : base(value) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out MaxForwardsHeader? header)
    {
        throw new NotImplementedException();
    }
}
