using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OmaIm.Appliance.Metrics;

/// <summary>What the process costs, under the names that Prometheus gives such figures.</summary>
internal static class ProcessMetrics
{
    private static readonly Meter Meter = new("OmaIm.Process");

    static ProcessMetrics()
    {
        // Asked for when somebody wants it first: it loads an assembly that nothing else needs.
        var start = new Lazy<double>(StartTime);
        Meter.CreateObservableCounter("process.cpu", () => Environment.CpuUsage.TotalTime.TotalSeconds, "s", "User and system CPU time.");
        Meter.CreateObservableGauge("process.resident_memory", () => Environment.WorkingSet, "By", "Resident memory.");
        Meter.CreateObservableGauge("process.start_time", () => start.Value, "s", "Start of the process, seconds since 1970.");
        Meter.CreateObservableGauge("dotnet.threadpool.threads", () => ThreadPool.ThreadCount, null, "Threads of the pool.");
        Meter.CreateObservableGauge("dotnet.gc.heap", () => GC.GetTotalMemory(forceFullCollection: false), "By", "Heap in use, garbage included.");
        Meter.CreateObservableCounter("dotnet.gc.allocated", () => GC.GetTotalAllocatedBytes(), "By", "Bytes allocated on the heap since the start.");
        Meter.CreateObservableCounter("dotnet.gc.pause", () => GC.GetTotalPauseDuration().TotalSeconds, "s", "Time that collections stopped all threads.");
        Meter.CreateObservableCounter("dotnet.gc.collections", Collections, null, "Garbage collections.");
    }

    /// <summary>Publishes the instruments, once a process.</summary>
    public static void Publish() => System.Runtime.CompilerServices.RuntimeHelpers.RunClassConstructor(typeof(ProcessMetrics).TypeHandle);

    private static double StartTime()
    {
        using var process = Process.GetCurrentProcess();
        return (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
    }

    private static IEnumerable<Measurement<long>> Collections()
    {
        for (var generation = 0; generation <= GC.MaxGeneration; generation++)
        {
            yield return new Measurement<long>(GC.CollectionCount(generation), new KeyValuePair<string, object?>("generation", generation));
        }
    }
}
