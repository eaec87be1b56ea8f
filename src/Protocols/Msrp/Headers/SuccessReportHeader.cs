using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

[Header(HeaderProtocol.Msrp, "Success-Report")]
public readonly record struct SuccessReportHeader(string Value)
{
    public static bool TryParse(ReadOnlySpan<byte> value, out SuccessReportHeader header) => throw new NotImplementedException();
}
