using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Warning", Cardinality = HeaderCardinality.List)]
public sealed class WarningHeader
{
    public int Code => throw new NotImplementedException();
    public string Agent => throw new NotImplementedException();
    public string Text => throw new NotImplementedException();

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out WarningHeader? header)
    {
        throw new NotImplementedException();
    }
}
