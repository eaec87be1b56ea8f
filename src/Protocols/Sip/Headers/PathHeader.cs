using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Path", Cardinality = HeaderCardinality.List)]
public sealed class PathHeader : AddressHeader
{
    public PathHeader(SipUri uri, SipParameters? parameters = null, string? displayName = null)
        : base(uri, parameters, displayName)
    {
    }


    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out PathHeader? header)
    {
        throw new NotImplementedException();
    }
}
