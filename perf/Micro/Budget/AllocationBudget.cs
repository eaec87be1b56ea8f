using System.Text.Json;

namespace OmaIm.Micro.Budget;

/// <summary>What each benchmark may allocate: bytes per operation, by name.</summary>
internal sealed class AllocationBudget(IReadOnlyDictionary<string, long> allowed)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    public static AllocationBudget Read(string path) =>
        new(JsonSerializer.Deserialize<SortedDictionary<string, long>>(File.ReadAllText(path)) ?? []);

    public static void Write(string path, IReadOnlyDictionary<string, long> measured) =>
        File.WriteAllText(path, JsonSerializer.Serialize(new SortedDictionary<string, long>(measured.ToDictionary(), StringComparer.Ordinal), Format) + "\n");

    /// <summary>The bytes that a benchmark may allocate; null when it has no line.</summary>
    public long? Of(string benchmark) => allowed.TryGetValue(benchmark, out var bytes) ? bytes : null;

    /// <summary>The same with so much more allowed; where nothing is allowed, still nothing.</summary>
    public AllocationBudget Raised(int percent) =>
        new(allowed.ToDictionary(line => line.Key, line => line.Value + (line.Value * percent / 100), StringComparer.Ordinal));

    /// <summary>Every benchmark over its budget or without one, and every line that no benchmark has.</summary>
    public IEnumerable<string> Faults(IReadOnlyDictionary<string, long> measured)
    {
        foreach (var (benchmark, bytes) in measured)
        {
            if (Of(benchmark) is not { } budget)
            {
                yield return $"{benchmark} has no line in budget.json; it allocates {bytes} bytes per operation.";
            }
            else if (bytes > budget)
            {
                yield return $"{benchmark} allocates {bytes} bytes per operation; {budget} are allowed.";
            }
        }

        foreach (var benchmark in allowed.Keys.Where(benchmark => !measured.ContainsKey(benchmark)))
        {
            yield return $"{benchmark} stands in budget.json, but there is no such benchmark.";
        }
    }
}
