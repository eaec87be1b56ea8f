using System.Globalization;
using System.Text.RegularExpressions;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Conformance;

/// <summary>Every RFC that the product cites has a case in this project, or stands here with the reason why it has none.</summary>
public sealed partial class Citations
{
    private const string Grammar = "How something is spelled, and no more: its vectors are in tests/Unit/Protocols.";
    private const string PassedOver = "Of a header that is read and passed over: tests/Unit/Protocols/Sip.";
    private const string Torture = "Its messages are sent by tests/EndToEnd/Hostile.";
    private const string Clock = "Its rules take half a minute: they are played on a clock that the test moves, in tests/Unit/Stack.";
    private const string Model = "A model without rules of its own on the wire; those who use it have their cases.";
    private const string Elsewhere = "Neither SIP nor MSRP: a property of the transport that nothing on the wire shows.";

    private static readonly Dictionary<int, string> Reasons = new()
    {
        [1035] = Grammar, [2045] = Grammar, [2046] = Grammar, [2183] = Grammar, [2392] = Grammar, [2822] = Grammar, [3339] = Grammar,
        [3966] = Grammar, [3986] = Grammar, [5322] = Grammar, [5621] = Grammar, [5892] = Grammar, [5954] = Grammar, [8264] = Grammar, [8866] = Grammar,
        [3327] = PassedOver, [3608] = PassedOver, [3903] = PassedOver, [6714] = PassedOver, [7315] = PassedOver,
        [2069] = "Older challenges, which the client still answers: tests/Unit/Client.",
        [2543] = Torture, [4475] = Torture, [5118] = Torture,
        [4320] = Clock, [5057] = Clock, [6026] = Clock,
        [2533] = Model, [4353] = Model,
        [3859] = "pres: is taken as im: is, which has a case.",
        [4145] = "The roles that RFC 6135 takes over, which has cases.",
        [5482] = Elsewhere, [8446] = Elsewhere,
        [7118] = "WebSocket, which the reader can frame and no listener speaks.",
    };

    [Fact]
    [Trait("Section", "none")]
    public void EveryRfcThatIsCitedHasACaseOrAReason() =>
        Assert.Empty(Cited().Except(Rules.Sections().Select(Number)).Except(Reasons.Keys).Order());

    [Fact]
    [Trait("Section", "none")]
    public void AReasonIsForWhatIsCitedAndHasNoCase()
    {
        Assert.Empty(Reasons.Keys.Except(Cited()).Order());
        Assert.Empty(Reasons.Keys.Intersect(Rules.Sections().Select(Number)).Order());
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
