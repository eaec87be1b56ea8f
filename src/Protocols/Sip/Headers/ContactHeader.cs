using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Contact", Compact = "m", Cardinality = HeaderCardinality.List)]
public sealed class ContactHeader : AddressHeader
{
    public ContactHeader(SipUri uri, SipParameters? parameters = null, string? displayName = null)
        : base(uri, parameters, displayName)
    {
    }

    public bool IsWildcard => throw new NotImplementedException();
    public int? Expires => throw new NotImplementedException();
    public double? Q => throw new NotImplementedException();

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ContactHeader? header)
    {
        throw new NotImplementedException();
    }
}
