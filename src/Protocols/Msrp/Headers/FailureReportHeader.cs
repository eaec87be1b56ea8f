using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

/// <summary>Failure-Report = "Failure-Report:" SP ("yes" / "no" / "partial") (RFC 4975 section 9).</summary>
[Header(HeaderProtocol.Msrp, "Failure-Report")]
public readonly record struct FailureReportHeader(FailureReport Value)
{
    /// <summary>Reads the value; false when it is none of the three.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out FailureReportHeader header)
    {
        header = new FailureReportHeader(Ascii.EqualsIgnoreCase(value, "no"u8) ? FailureReport.No
            : Ascii.EqualsIgnoreCase(value, "partial"u8) ? FailureReport.Partial : FailureReport.Yes);
        return header.Value != FailureReport.Yes || Ascii.EqualsIgnoreCase(value, "yes"u8);
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Value switch
    {
        FailureReport.No => "no",
        FailureReport.Partial => "partial",
        _ => "yes",
    };
}
