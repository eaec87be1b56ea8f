using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Contribution-ID")]
public sealed class ContributionIdHeader : TextHeader
{
    public ContributionIdHeader(string value) : base(value) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ContributionIdHeader? header)
    {
        throw new NotImplementedException();
    }
}
