using System.Diagnostics;
using OmaIm.Micro.Budget;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Micro;

/// <summary>What an operation may allocate is written down; more than that fails here, and not in a profile months later.</summary>
public sealed class BudgetTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly Dictionary<string, long> Allowed = new(StringComparer.Ordinal) { ["Fast.Read"] = 0, ["Fast.Write"] = 100 };

    // In a process of its own, compiled at full speed from the first call: what a method allocates must not depend on how warm it is.
    [Fact]
    public async Task EveryBenchmarkKeepsItsBudget()
    {
        var output = Path.GetRelativePath(Path.Combine(Repository.Root, "tests/Unit"), AppContext.BaseDirectory);
        var program = Path.Combine(Repository.Root, "perf/Micro", output, "OmaIm.Micro.dll");
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [program, "--budget"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        using var patience = new CancellationTokenSource(Patience);
        var errors = process.StandardError.ReadToEndAsync(patience.Token);
        var report = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        Assert.True(process.ExitCode == 0, report + await errors);
        Assert.Contains("| FanOut.ShortMessage | 0 | 0 |", report, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsWithinItsBudgetIsNoFault() =>
        Assert.Empty(Faults(new() { ["Fast.Read"] = 0, ["Fast.Write"] = 99 }));

    [Fact]
    public void WhatIsOverItsBudgetIsNamedWithBothFigures() =>
        Assert.Equal(["Fast.Read allocates 24 bytes per operation; 0 are allowed."], Faults(new() { ["Fast.Read"] = 24, ["Fast.Write"] = 100 }));

    [Fact]
    public void ABenchmarkWithoutALineIsAFault() =>
        Assert.Equal(
            ["Fast.Seek has no line in budget.json; it allocates 8 bytes per operation."],
            Faults(new() { ["Fast.Read"] = 0, ["Fast.Seek"] = 8, ["Fast.Write"] = 100 }));

    [Fact]
    public void ALineWithoutABenchmarkIsAFault() =>
        Assert.Equal(["Fast.Write stands in budget.json, but there is no such benchmark."], Faults(new() { ["Fast.Read"] = 0 }));

    [Fact]
    public void ARaisedBudgetOfNothingIsNothing() =>
        Assert.Equal(
            ["Fast.Read allocates 1 bytes per operation; 0 are allowed.", "Fast.Write allocates 111 bytes per operation; 110 are allowed."],
            new AllocationBudget(Allowed).Raised(percent: 10).Faults(new Dictionary<string, long>(StringComparer.Ordinal) { ["Fast.Read"] = 1, ["Fast.Write"] = 111 }));

    [Fact]
    public void TheMeterCountsEveryByteOfAnOperation()
    {
        Assert.Equal(0, AllocationMeter.Measure(static () => { }));
        var array = new byte[1000];
        var before = GC.GetAllocatedBytesForCurrentThread();
        array = new byte[array.Length];
        var size = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(size, AllocationMeter.Measure(() => array = new byte[array.Length]));
    }

    [Fact]
    public void WhatIsAllocatedNowAndThenCountsToo()
    {
        var turn = 0;
        Assert.Equal(3, AllocationMeter.Measure(() => Keep(turn++ % 10 == 0 ? new object() : null)));
    }

    private static List<string> Faults(Dictionary<string, long> measured) => [.. new AllocationBudget(Allowed).Faults(measured)];

    private static void Keep(object? thing) => GC.KeepAlive(thing);
}
