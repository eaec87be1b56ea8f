using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Tidy;

public sealed class SolutionTests
{
    [Fact]
    public void EveryProjectIsInTheSolutionSoThatItsTestsRun()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "OmaIm.sln"));
        string[] folders = ["src", "generators", "tests", "perf"];
        var missing = folders
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(Path.GetFileName)
            .Where(name => !solution.Contains($"\\{name}\"", StringComparison.Ordinal));

        Assert.Empty(missing);
    }
}
