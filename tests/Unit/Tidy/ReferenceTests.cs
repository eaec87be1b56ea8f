using System.Xml.Linq;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Tidy;

/// <summary>A project may reference what the drawing in src/ARCHITECTURE.md puts next to it on its left, and nothing else.</summary>
public sealed class ReferenceTests
{
    private const string Sample = """
        # Text

            Protocols <- Stack <- Switch (exe: x)
                           ^
                           +----- Client <- Cli (exe: y)

        More text with a <- in it.
        """;

    [Fact]
    public void ProjectReferencesAreTheDrawing()
    {
        var drawing = Read(File.ReadAllText(Path.Combine(Repository.Root, "src/ARCHITECTURE.md")));
        var projects = RepositoryFiles.Find("src", "*.csproj")
            .ToDictionary(path => path.Split('/')[1], path => XDocument.Load(Path.Combine(Repository.Root, path)), StringComparer.Ordinal);
        Assert.Contains("Protocols", projects.Keys);
        Assert.Empty(Differences(drawing, projects));
    }

    [Fact]
    public void TheDrawingIsReadAsItLooks() =>
        Assert.Equal(
            ["Cli: Client", "Client: Stack", "Protocols: ", "Stack: Protocols", "Switch: Stack"],
            Read(Sample).OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => $"{row.Key}: {row.Value}"));

    [Theory]
    [InlineData("Switch", "../../src/Stack/OmaIm.Stack.csproj", null)]
    [InlineData("Protocols", "../../generators/Headers/OmaIm.Generators.Headers.csproj", null)]
    [InlineData("Stack", "../../src/Switch/OmaIm.Switch.csproj", "Stack: Switch")]
    [InlineData("Stack", "..\\Switch\\OmaIm.Switch.csproj", "Stack: Switch")]
    [InlineData("Switch", null, "Switch: ")]
    [InlineData("Adapters", "../../src/Stack/OmaIm.Stack.csproj", "Adapters: Stack")]
    public void AProjectThatDiffersFromTheDrawingIsFound(string project, string? reference, string? expected)
    {
        var drawing = Read(Sample);
        var projects = drawing.ToDictionary(row => row.Key, row => Project(row.Value.Length == 0 ? null : $"../{row.Value}/{row.Value}.csproj"), StringComparer.Ordinal);
        Assert.Empty(Differences(drawing, projects));

        projects[project] = Project(reference);
        Assert.Equal(expected is null ? [] : [expected], Differences(drawing, projects));
    }

    private static XDocument Project(string? reference) =>
        new(new XElement("Project", reference is null ? null : new XElement("ProjectReference", new XAttribute("Include", reference))));

    /// <summary>Each project with the one that it references. "^" stands under the project from which a branch goes down.</summary>
    private static Dictionary<string, string> Read(string document)
    {
        var lines = document.Split('\n').SkipWhile(line => !line.Contains(" <- ", StringComparison.Ordinal)).TakeWhile(line => line.Trim().Length > 0).ToList();
        Dictionary<string, string> references = new(StringComparer.Ordinal);
        var trunk = "";
        foreach (var line in lines)
        {
            if (line.Trim() == "^")
            {
                trunk = Word(lines[0], line.IndexOf('^', StringComparison.Ordinal));
                continue;
            }

            var left = trunk;
            foreach (var name in line.Split('(')[0].TrimStart(' ', '+', '-').Split("<-", StringSplitOptions.TrimEntries))
            {
                references.Add(name, left);
                left = name;
            }
        }

        return references;
    }

    private static string Word(string line, int column) =>
        line[(line.LastIndexOf(' ', column) + 1)..line.IndexOf(' ', column)];

    /// <summary>The projects whose references are not those of the drawing, each with what it has.</summary>
    private static IEnumerable<string> Differences(Dictionary<string, string> drawing, Dictionary<string, XDocument> projects) =>
        from name in projects.Keys.Union(drawing.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
        let found = References(projects.GetValueOrDefault(name))
        where !drawing.TryGetValue(name, out var drawn) || found != drawn
        select $"{name}: {found}";

    private static string References(XDocument? project) =>
        string.Join(", ", (project?.Descendants("ProjectReference") ?? [])
            .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'))
            .Where(path => !path.Contains("generators/", StringComparison.Ordinal))
            .Select(path => path.Split('/')[^2])
            .Order(StringComparer.Ordinal));
}
