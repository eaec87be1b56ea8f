using OmaIm.Load.Anchor;
using OmaIm.Load.Server;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Anchor;

public sealed class FileReportTests
{
    private static readonly FileReport AtTheLimit = new(
        Bytes: 1_000_000_000, GrowthLimit: 8, LeastPercent: 60, [Pass(plain: 1000, anchored: 600), Pass(plain: 900, anchored: 500), Pass(plain: 2000, anchored: 1300)]);

    [Fact]
    public void TheMediansAreCompared()
    {
        Assert.Equal(60, AtTheLimit.Percent);
        Assert.True(AtTheLimit.Passed);
        Assert.Equal(
            "plain 1,000 MB/s, anchored 600 MB/s; SHA-256 equal; server 50.0 MB before, 57.9 MB at most, 52.0 MB after; anonymous 20.0 MB, 21.0 MB",
            AtTheLimit.Rows().First().Value);
    }

    [Fact]
    public void EachDemandIsJudgedByItself()
    {
        Assert.Equal([true, false, true], Verdicts(AtTheLimit with { LeastPercent = 60.1 }));
        Assert.Equal([true, true, false], Verdicts(With(Pass(1000, 600, peak: 58))));
        Assert.Equal([false, true, true], Verdicts(With(Pass(1000, 600) with { IsEqual = false })));
    }

    private static FileReport With(FilePass last) => AtTheLimit with { Passes = [Pass(1000, 600), last] };

    private static IEnumerable<bool> Verdicts(FileReport report) => report.Criteria.Select(criterion => criterion.Holds);

    private static FilePass Pass(double plain, double anchored, double peak = 57.9) =>
        new(plain * 1e6, anchored * 1e6, IsEqual: true, new ProcessMemory(50_000_000, 20_000_000, 50_000_000), new ProcessMemory(52_000_000, 21_000_000, (long)(peak * 1e6)));
}
