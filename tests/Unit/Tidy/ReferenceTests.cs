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
        var source = Path.Combine(Repository.Root, "src");
        var found = Directory.GetFiles(source, "*.csproj", SearchOption.AllDirectories)
            .ToDictionary(
                file => Path.GetFileName(Path.GetDirectoryName(file))!,
                file => XDocument.Load(file).Descendants("ProjectReference")
                    .Select(reference => reference.Attribute("Include")!.Value)
                    .Where(path => !path.Contains("generators/", StringComparison.Ordinal))
                    .Select(path => path.Split('/')[1])
                    .Order(StringComparer.Ordinal)
                    .ToArray(),
                StringComparer.Ordinal);

        Assert.Equal(Drawing.Keys.Order(StringComparer.Ordinal), found.Keys.Order(StringComparer.Ordinal));
        foreach (var (project, references) in Drawing)
        {
            Assert.Equal(references.Order(StringComparer.Ordinal), found[project]);
        }
    }
}
