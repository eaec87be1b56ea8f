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
        ("How something is spelled, and no more: its vectors are in tests/Unit/Protocols.",
            [3966, 5954]),
        ("Of a header or an attribute that is read and passed over: tests/Unit/Protocols.", [3327, 3608, 3903, 7315]),
        ("Its messages are sent by tests/EndToEnd/Hostile.", [2543, 4475, 5118]),
        ("Its rules take half a minute: they are played on a clock that the test moves, in tests/Unit/Stack.", [4320, 5057, 6026]),
        ("A property of the transport below, which nothing on the wire shows.", [5482]),
        ("Older challenges, which the client still answers: tests/Unit/Client.", [2069]),
        ("WebSocket, which the reader can frame and no listener speaks.", [7118]),
    ];

    /// <summary>Sections of RFCs that have cases.</summary>
    private static readonly (string Reason, string Rfc, string Sections)[] SectionsWithoutCase =
    [
        ("No listener speaks WebSocket.", "RFC 7118", "5"),
    ];

    /// <summary>Sections of SIP and its extensions whose cases are still to be written.</summary>
    private static readonly (string Rfc, string Sections)[] OfSip =
    [
        ("RFC 3261", "6 7 7.1 7.2 7.3.1 7.3.3 7.4.1 7.5 8.1.1 8.1.1.5 8.1.1.7 8.1.3.1 8.1.3.3 8.2.2.1 8.2.2.2 8.2.6.1 8.2.6.2 8.2.7 9.1 9.2 10.2 10.2.1.1 10.2.2 10.2.8 11.2 12 12.1.1 12.1.2 12.2 12.2.1.1 12.2.1.2 12.2.2 13.2.1 13.2.2.4 13.3.1.4 14.1 14.2 15.1.2 16.3 16.8 17.1 17.1.1 17.1.1.1 17.1.1.2 17.1.1.3 17.1.2 17.1.3 17.2.1 17.2.3 18.1 18.1.1 18.1.2 18.2.2 18.3 19.1 19.1.1 19.1.2 19.1.4 19.1.5 19.3 20.1 20.2 20.5 20.6 20.7 20.8 20.10 20.11 20.12 20.14 20.15 20.16 20.17 20.19 20.20 20.22 20.23 20.24 20.27 20.28 20.29 20.30 20.32 20.33 20.34 20.35 20.36 20.37 20.38 20.39 20.40 20.41 20.42 20.43 20.44 21.5.2 21.6.2 22.1 22.3 25.1"),
        ("RFC 3264", "5 8"),
        ("RFC 3323", "4.2"),
        ("RFC 3325", "9.1 9.2"),
        ("RFC 3327", "4"),
        ("RFC 3428", "9"),
        ("RFC 3515", "2.1 2.4.6"),
        ("RFC 3608", "5"),
        ("RFC 3841", "7.2.2 9.2 9.3"),
        ("RFC 3891", "6.1"),
        ("RFC 3892", "3"),
        ("RFC 3903", "11.3.1 11.3.2"),
        ("RFC 3966", "5"),
        ("RFC 4028", "4 5 7.1 7.2 7.4 10"),
        ("RFC 4320", "4.2"),
        ("RFC 4475", "3.2.1"),
        ("RFC 5057", "5.1"),
        ("RFC 5626", "2 4.4.1 4.5 5.3"),
        ("RFC 6026", "8.4 8.5"),
        ("RFC 6665", "4.1.2.2 4.1.3 4.2.1.2 4.4.1 8.2.1 8.2.2 8.2.3"),
        ("RFC 7315", "4.1"),
        ("RFC 7616", "3.5"),
        ("RFC 8760", "2.4"),
    ];

    private static IEnumerable<string> RfcsWithoutCase => WithoutCase.SelectMany(static group => group.Rfcs).Select(static rfc => string.Create(CultureInfo.InvariantCulture, $"RFC {rfc}"));

    private static IEnumerable<string> Excepted => SectionsWithoutCase.Select(static row => (row.Rfc, row.Sections)).Concat(OfSip)
        .SelectMany(static row => row.Sections.Split(' ').Select(section => $"{row.Rfc} {section}"));

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
