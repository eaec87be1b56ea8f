using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Appliance.Configuration;

public sealed class ReferenceTests
{
    /// <summary>With this variable set the two documents are written instead of compared.</summary>
    private const string WriteSwitch = "OMAIM_WRITE_REFERENCE";

    [Fact]
    public void TheSchemaIsWhatTheCodeAccepts() => Compare("omaim.schema.json", SchemaDocument.Write());

    [Fact]
    public void TheReferencePageIsWhatTheCodeAccepts() => Compare("CONFIGURATION.md", ReferencePage.Write());

    private static void Compare(string file, string expected)
    {
        var path = Path.Combine(Repository.Root, "src", "Appliance", file);
        if (Environment.GetEnvironmentVariable(WriteSwitch) is not null)
        {
            File.WriteAllText(path, expected);
        }

        Assert.Equal(expected, File.ReadAllText(path));
    }
}
