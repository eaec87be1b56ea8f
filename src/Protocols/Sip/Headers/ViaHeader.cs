using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Via", Compact = "v", Cardinality = HeaderCardinality.List)]
public sealed class ViaHeader
{
    public string Transport => throw new NotImplementedException();
    public string Host => throw new NotImplementedException();
    public int? Port => throw new NotImplementedException();
    public SipParameters Parameters => throw new NotImplementedException();
    public string? Branch => Parameters["branch"];
    public string? Received => Parameters["received"];
    public bool HasRport => Parameters.Contains("rport");
    public int? Rport => throw new NotImplementedException();
    public ViaHeader With(string parameter, string? value) => throw new NotImplementedException();

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ViaHeader? header)
    {
        throw new NotImplementedException();
    }
}
