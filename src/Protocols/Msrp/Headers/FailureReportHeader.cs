using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

[Header(HeaderProtocol.Msrp, "Failure-Report")]
public readonly record struct FailureReportHeader(string Value)
{
    public static bool TryParse(ReadOnlySpan<byte> value, out FailureReportHeader header) => throw new NotImplementedException();
}
