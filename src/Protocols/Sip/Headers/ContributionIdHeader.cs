using System.Diagnostics.CodeAnalysis;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Contribution-ID: the session's or message's own identity within a conversation (RCC.07 section 3.2); written like a Call-ID's word.</summary>
[Header(HeaderProtocol.Sip, "Contribution-ID")]
public sealed class ContributionIdHeader : TextHeader
{
    /// <summary>Composes a value.</summary>
    public ContributionIdHeader(string value)
        : base(value)
    {
    }

    /// <summary>Reads the value; false when it is not a token.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ContributionIdHeader? header)
    {
        header = value.IsEmpty || value.ContainsAnyExcept(Grammar.Word) ? null : new ContributionIdHeader(Encoding.ASCII.GetString(value));
        return header is not null;
    }
}
