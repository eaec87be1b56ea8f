using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Tidy;

public sealed class DocumentTests
{
    public static TheoryData<string> Documents => new(RepositoryFiles.Find("", "*.md"));

    [Theory]
    [MemberData(nameof(Documents))]
    public void ADocumentHasOneTitleAndNamesOnlyPathsThatExist(string path)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, path));
        Assert.Empty(DocumentRules.Titles(text));
        Assert.Empty(DocumentRules.DeadPaths(text, Path.GetDirectoryName(path)!.Replace('\\', '/'), Exists));
    }

    [Fact]
    public void TheReadmeIsLookedAt() => Assert.Contains("README.md", RepositoryFiles.Find("", "*.md"));

    [Theory]
    [InlineData("# One\n\n## Two\n", 0)]
    [InlineData("# One\n```\n# a comment of the shell\n```\n", 0)]
    [InlineData("# One\n\n# Two\n", 1)]
    [InlineData("No title\n", 1)]
    [InlineData("```\n# only in code\n```\n", 1)]
    public void TitlesAreCounted(string text, int expected) => Assert.Equal(expected, DocumentRules.Titles(text).Count());

    /// <summary>In a tree of src/Stack/Msrp/MsrpLoop.cs and tests/Unit.</summary>
    [Theory]
    [InlineData("Framed in `src/Stack/Msrp/MsrpLoop.cs`.", "")]
    [InlineData("Framed in `Stack/Msrp`, [here](Stack/Msrp/MsrpLoop.cs).", "")]
    [InlineData("dotnet test tests/Unit/", "")]
    [InlineData("./tests/Unit", "")]
    [InlineData("text/plain, and/or, https://example.com/src/x, /src/x, a/b", "")]
    [InlineData("Framed in `src/Stack/Msrp/MsrpReader.cs`.", "src/Stack/Msrp/MsrpReader.cs")]
    [InlineData("Framed in `Stack/Mrsp/MsrpLoop.cs`.", "Stack/Mrsp/MsrpLoop.cs")]
    [InlineData("[tests](tests/Fuzz) and tests/Interop.", "tests/Fuzz tests/Interop")]
    public void DeadPathsAreFound(string text, string expected)
    {
        string[] tree = ["src", "src/decisions", "src/Stack", "src/Stack/Msrp", "src/Stack/Msrp/MsrpLoop.cs", "tests", "tests/Unit"];
        Assert.Equal(expected, string.Join(' ', DocumentRules.DeadPaths(text, "src/decisions", path => tree.Contains(path, StringComparer.Ordinal))));
    }

    private static bool Exists(string path)
    {
        var full = Path.Combine(Repository.Root, path);
        return File.Exists(full) || Directory.Exists(full);
    }
}
