using System.Text.RegularExpressions;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Tidy;

/// <summary>Every test that the README names exists, and its table of modes rests on tests over live connections only.</summary>
public sealed partial class ModesTests
{
    [Fact]
    public void EveryNamedTestExists()
    {
        var named = Names(File.ReadAllText(Path.Combine(Repository.Root, "README.md"))).ToList();
        Assert.NotEmpty(named);
        var sources = RepositoryFiles.Find("tests", "*.cs").ToLookup(path => Path.GetFileNameWithoutExtension(path), path => path, StringComparer.Ordinal);
        Assert.DoesNotContain(named, name => !sources[name.Class].Any(path => Has(File.ReadAllText(Path.Combine(Repository.Root, path)), name.Method)));
    }

    [Fact]
    public void EveryCellNamesATestOverLiveConnections()
    {
        var sources = RepositoryFiles.Find("tests", "*.cs")
            .Where(static path => !path.StartsWith("tests/Unit/", StringComparison.Ordinal))
            .ToLookup(path => Path.GetFileNameWithoutExtension(path), path => path, StringComparer.Ordinal);
        var rows = Rows(File.ReadAllText(Path.Combine(Repository.Root, "README.md"))).ToList();
        Assert.Equal(8, rows.Count);
        Assert.All(rows, row => Assert.Equal(6, Names(row).Count(name => sources[name.Class].Any(path => Has(File.ReadAllText(Path.Combine(Repository.Root, path)), name.Method)))));
    }

    [Fact]
    public void ATestThatIsNotThereIsFound()
    {
        Assert.Equal([("MessageTests", "Arrives")], Names("| `MessageTests.Arrives` | - |"));
        Assert.True(Has("    public async Task Arrives()", "Arrives"));
        Assert.False(Has("    public async Task ArrivesLate() // Arrives", "Arrives"));
    }

    private static IEnumerable<(string Class, string Method)> Names(string document) =>
        Test().Matches(document).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    // The rows behind the head of the table and its rule.
    private static IEnumerable<string> Rows(string document) => document.Split('\n')
        .SkipWhile(static line => !line.StartsWith("| Mode |", StringComparison.Ordinal))
        .Skip(2)
        .TakeWhile(static line => line.StartsWith('|'));

    private static bool Has(string source, string method) => Regex.IsMatch(source, $@"public (async Task|void|Task) {method}\(");

    [GeneratedRegex(@"`([A-Za-z]+Tests)\.([A-Za-z0-9]+)`")]
    private static partial Regex Test();
}
