using System.Globalization;

namespace OmaIm.Micro.Budget;

/// <summary>Measures all benchmarks and compares them with their budget, or makes it anew.</summary>
internal static class BudgetCommand
{
    private const string FileName = "budget.json";

    /// <summary>Prints a table, then what is wrong; 0 when nothing is.</summary>
    public static int Check(TextWriter output)
    {
        var budget = AllocationBudget.Read(Path.Combine(AppContext.BaseDirectory, FileName));
#if DEBUG
        // A debug build allocates a little more where it allocates at all; nothing stays nothing.
        budget = budget.Raised(percent: 10);
#endif
        var measured = Measure();
        output.WriteLine("| benchmark | bytes per operation | allowed |\n|---|--:|--:|");
        foreach (var (benchmark, bytes) in measured)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {benchmark} | {bytes:N0} | {budget.Of(benchmark):N0} |"));
        }

        var faults = budget.Faults(measured).ToList();
        faults.ForEach(output.WriteLine);
        return faults.Count == 0 ? 0 : 1;
    }

    /// <summary>Writes what is measured now as the budget, into the source tree that the program was started in.</summary>
    public static int Write(TextWriter output)
    {
        var path = Path.Combine("perf", "Micro", FileName);
        if (!File.Exists(path))
        {
            output.WriteLine($"There is no {path} here: start it at the root of the repository.");
            return 1;
        }

        AllocationBudget.Write(path, Measure());
        return 0;
    }

    private static SortedDictionary<string, long> Measure()
    {
        var measured = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, run) in BenchmarkList.All())
        {
            measured.Add(name, AllocationMeter.Measure(run));
        }

        return measured;
    }
}
