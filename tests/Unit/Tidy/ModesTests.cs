using System.Text.RegularExpressions;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Tidy;

/// <summary>Every test that the README names exists.</summary>
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
    public void ATestThatIsNotThereIsFound()
    {
        Assert.Equal([("MessageTests", "Arrives")], Names("| `MessageTests.Arrives` | - |"));
        Assert.True(Has("    public async Task Arrives()", "Arrives"));
        Assert.False(Has("    public async Task ArrivesLate() // Arrives", "Arrives"));
    }

    private static IEnumerable<(string Class, string Method)> Names(string document) =>
        Test().Matches(document).Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    private static bool Has(string source, string method) => Regex.IsMatch(source, $@"public (async Task|void|Task) {method}\(");

    [GeneratedRegex(@"`([A-Za-z]+Tests)\.([A-Za-z0-9]+)`")]
    private static partial Regex Test();
}
