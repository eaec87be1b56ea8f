using System.Globalization;
using System.Text.RegularExpressions;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Conformance;

/// <summary>Every RFC that the product cites has a case in this project, or stands here with the reason why it has none.</summary>
public sealed partial class Citations
{
    private static readonly (string Reason, int[] Rfcs)[] WithoutCase =
    [
        ("How something is spelled, and no more: its vectors are in tests/Unit/Protocols.",
            [1035, 2045, 2046, 2183, 2392, 2822, 3339, 3966, 3986, 5322, 5621, 5892, 5954, 8264, 8866]),
        ("Of a header or an attribute that is read and passed over: tests/Unit/Protocols.", [3327, 3608, 3903, 6714, 7315]),
        ("Its messages are sent by tests/EndToEnd/Hostile.", [2543, 4475, 5118]),
        ("Its rules take half a minute: they are played on a clock that the test moves, in tests/Unit/Stack.", [4320, 5057, 6026]),
        ("A model without rules of its own on the wire; those who use it have their cases.", [2533, 4353]),
        ("A property of the transport below, which nothing on the wire shows.", [5482, 8446]),
        ("Certificates that a description vouches for: tests/Unit/Stack/Transport. This project speaks no TLS.", [8122]),
        ("Older challenges, which the client still answers: tests/Unit/Client.", [2069]),
        ("pres: is taken as im: is, which has a case.", [3859]),
        ("The roles that RFC 6135 takes over, which has cases.", [4145]),
        ("WebSocket, which the reader can frame and no listener speaks.", [7118]),
    ];

    private static IEnumerable<int> Excepted => WithoutCase.SelectMany(static group => group.Rfcs);

    [Fact]
    [Trait("Section", "none")]
    public void EveryRfcThatIsCitedHasACaseOrAReason() =>
        Assert.Empty(Cited().Except(Rules.Sections().Select(Number)).Except(Excepted).Order());

    [Fact]
    [Trait("Section", "none")]
    public void AReasonIsForWhatIsCitedAndHasNoCase()
    {
        Assert.Empty(Excepted.Except(Cited()).Order());
        Assert.Empty(Excepted.Intersect(Rules.Sections().Select(Number)).Order());
    }

    private static HashSet<int> Cited() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(static path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(static path => Rfc().Matches(File.ReadAllText(path)))
            .Select(static match => Number(match.Value)),
    ];

    private static int Number(string section) =>
        Rfc().Match(section) is { Success: true } match ? int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\bRFC ?(\d{4})\b")]
    private static partial Regex Rfc();
}
