namespace OmaIm.Micro.Budget;

/// <summary>Counts what one operation allocates on its own thread. Exact: nothing is sampled.</summary>
internal static class AllocationMeter
{
    /// <summary>Operations before counting begins, so that tables and pools have the size that they keep.</summary>
    private const int WarmUp = 100;

    private const int Operations = 100;

    /// <summary>Of several rounds the least: the runtime may do something on the side once, such as giving pooled arrays back.</summary>
    private const int Rounds = 3;

    /// <summary>Bytes per operation, rounded up.</summary>
    public static long Measure(Action operation)
    {
        Run(operation, WarmUp);
        var least = long.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Run(operation, Operations);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return (least + Operations - 1) / Operations;
    }

    private static void Run(Action operation, int count)
    {
        for (var i = 0; i < count; i++)
        {
            operation();
        }
    }
}
