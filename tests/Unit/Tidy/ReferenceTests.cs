using System.Xml.Linq;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Tidy;

public sealed class ReferenceTests
{
    /// <summary>The drawing of src/ARCHITECTURE.md: a project may name only what stands here behind it.</summary>
    private static readonly Dictionary<string, string[]> Drawing = new(StringComparer.Ordinal)
    {
        ["Protocols"] = [],
        ["Stack"] = ["Protocols"],
        ["Switch"] = ["Stack"],
        ["Server"] = ["Switch"],
        ["Appliance"] = ["Server"],
        ["Client"] = ["Stack"],
        ["Cli"] = ["Client"],
    };

    [Fact]
    public void ProjectReferencesAreTheDrawing()
    {
        var projects = RepositoryFiles.Find("src", "*.csproj")
            .ToDictionary(path => path.Split('/')[1], path => XDocument.Load(Path.Combine(Repository.Root, path)), StringComparer.Ordinal);
        Assert.Empty(Differences(projects));
    }

    [Theory]
    [InlineData("Stack", "../../src/Switch/OmaIm.Switch.csproj", "Stack: Switch")]
    [InlineData("Stack", "..\\Switch\\OmaIm.Switch.csproj", "Stack: Switch")]
    [InlineData("Client", "../../src/Server/OmaIm.Server.csproj", "Client: Server, Stack")]
    [InlineData("Protocols", "../../generators/Headers/OmaIm.Generators.Headers.csproj", null)]
    [InlineData("Adapters", "../../src/Server/OmaIm.Server.csproj", "Adapters: Server")]
    public void AReferenceOutsideOfTheDrawingIsFound(string project, string reference, string? expected)
    {
        var projects = Drawing.ToDictionary(
            row => row.Key,
            row => new XDocument(new XElement("Project", row.Value.Select(name => Reference($"../../src/{name}/OmaIm.{name}.csproj")))),
            StringComparer.Ordinal);
        Assert.Empty(Differences(projects));

        projects.TryAdd(project, new XDocument(new XElement("Project")));
        if (project != "Client")
        {
            projects[project].Root!.RemoveNodes();
        }

        projects[project].Root!.Add(Reference(reference));
        Assert.Equal(expected is null ? [] : [expected], Differences(projects));
    }

    private static XElement Reference(string path) => new("ProjectReference", new XAttribute("Include", path));

    /// <summary>The projects whose references are not those of the drawing, each with what it has.</summary>
    private static IEnumerable<string> Differences(Dictionary<string, XDocument> projects) =>
        from name in projects.Keys.Union(Drawing.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
        let found = References(projects.GetValueOrDefault(name))
        where !Drawing.TryGetValue(name, out var drawn) || !found.SequenceEqual(drawn.Order(StringComparer.Ordinal))
        select $"{name}: {string.Join(", ", found)}";

    private static List<string> References(XDocument? project) =>
        [.. (project?.Descendants("ProjectReference") ?? [])
            .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'))
            .Where(path => !path.Contains("generators/", StringComparison.Ordinal))
            .Select(path => path.Split('/')[^2])
            .Order(StringComparer.Ordinal)];
}
