using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Reason", Cardinality = HeaderCardinality.List)]
public sealed class ReasonHeader
{
    public string Protocol => throw new NotImplementedException();
    public int? Cause => throw new NotImplementedException();
    public string? Text => throw new NotImplementedException();

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ReasonHeader? header)
    {
        throw new NotImplementedException();
    }
}
