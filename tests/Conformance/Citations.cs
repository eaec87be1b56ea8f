using System.Globalization;
using Xunit;

namespace OmaIm.Tests.Conformance;

/// <summary>
/// Every RFC that the product cites has a case in this project, and so has every section, by itself, by a part of it, or by the section that it is a
/// part of; what has none stands here with the reason.
/// </summary>
public sealed class Citations
{
    private static readonly (string Reason, int[] Rfcs)[] WithoutCase =
    [
        ("What is left of it stands in RFC 3261 section 17.2.3, which has cases.", [2543]),
        ("A property of the transport below, which nothing on the wire shows.", [5482]),
        ("WebSocket, which the reader can frame and no listener speaks.", [7118]),
    ];

    /// <summary>Sections, behind each other, of RFCs that have cases.</summary>
    private static readonly (string Reason, string Rfc, string Sections)[] SectionsWithoutCase =
    [
        ("No listener speaks WebSocket.", "RFC 7118", "5"),
        ("SIP-ETag stands in an answer to PUBLISH, which nothing here sends.", "RFC 3903", "11.3.1"),
    ];

    private static IEnumerable<string> RfcsWithoutCase => WithoutCase.SelectMany(static group => group.Rfcs).Select(static rfc => string.Create(CultureInfo.InvariantCulture, $"RFC {rfc}"));

    private static IEnumerable<string> Excepted => SectionsWithoutCase.SelectMany(static row => row.Sections.Split(' ').Select(section => $"{row.Rfc} {section}"));

    [Fact]
    [Trait("Section", "none")]
    public void EveryRfcThatIsCitedHasACaseOrAReason() =>
        Assert.Empty(Cited.Rfcs().Except(Rules.Sections().Select(Rfc)).Except(RfcsWithoutCase).Order());

    [Fact]
    [Trait("Section", "none")]
    public void EverySectionThatIsCitedHasACaseOrAReason() => Assert.Empty(WithoutCases().Except(Excepted).Order());

    [Fact]
    [Trait("Section", "none")]
    public void AReasonIsForWhatIsCitedAndHasNoCase()
    {
        Assert.Empty(RfcsWithoutCase.Except(Cited.Rfcs()).Order());
        Assert.Empty(RfcsWithoutCase.Intersect(Rules.Sections().Select(Rfc)).Order());
        Assert.Empty(Excepted.Except(WithoutCases()).Order());
    }

    [Theory]
    [InlineData("by RFC 3261 section 7.1, and section 8", "RFC 3261 7.1", "RFC 3261 8")]
    [InlineData("RFC 3261 sections 7.5 and 18.3; RFC 3581 section 4", "RFC 3261 7.5", "RFC 3261 18.3", "RFC 3581 4")]
    [InlineData("    /// RFC 3261, section\n    /// 10.3 step 5", "RFC 3261 10.3")]
    [InlineData("section 2 of something else, RFC 3428")]
    [Trait("Section", "none")]
    public void CitationsAreReadAsTheyAreWritten(string text, params string[] sections) => Assert.Equal(sections, Cited.SectionsOf(text));

    private static IEnumerable<string> WithoutCases()
    {
        var cases = Rules.Sections().ToHashSet(StringComparer.Ordinal);
        return Cited.Sections().Where(section => !cases.Contains(section)
            && !cases.Contains(Parent(section))
            && !cases.Any(other => other.StartsWith(section + ".", StringComparison.Ordinal)));
    }

    // "RFC 3261 10" of "RFC 3261 10.3"; the whole RFC is no section.
    private static string Parent(string section) => section.LastIndexOf('.') is >= 0 and var dot ? section[..dot] : "";

    private static string Rfc(string section) => string.Join(' ', section.Split(' ').Take(2));
}
