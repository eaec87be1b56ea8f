using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp.Headers;

/// <summary>Success-Report = "Success-Report:" SP ("yes" / "no") (RFC 4975 section 9).</summary>
[Header(HeaderProtocol.Msrp, "Success-Report")]
public readonly record struct SuccessReportHeader(bool IsWanted)
{
    /// <summary>Reads the value; false when it is neither yes nor no.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out SuccessReportHeader header)
    {
        header = new SuccessReportHeader(Ascii.EqualsIgnoreCase(value, "yes"u8));
        return header.IsWanted || Ascii.EqualsIgnoreCase(value, "no"u8);
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => IsWanted ? "yes" : "no";
}
