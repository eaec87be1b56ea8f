using System.Globalization;

namespace OmaIm.Appliance.Connections;

/// <summary>
/// How many connections the process may have at once, because of its limit of open files. Beyond it they wait in the kernel's backlog until
/// others end: a process without a descriptor can not even load the code that deals with that.
/// </summary>
internal sealed class DescriptorBudget : IDisposable
{
    /// <summary>Descriptors left to everything that is no accepted connection: probes and scrapes, connections made, code loaded later. 64.</summary>
    private const int Reserve = 64;

    private readonly SemaphoreSlim _free;

    /// <param name="connections">What there is room for.</param>
    public DescriptorBudget(int connections) => _free = new SemaphoreSlim(Math.Max(connections, 1));

    /// <summary>What this process may still open, less a reserve. Without /proc nothing is known, and nothing limited.</summary>
    public static DescriptorBudget OfProcess()
    {
        const string Limits = "/proc/self/limits";
        if (!File.Exists(Limits))
        {
            return new DescriptorBudget(int.MaxValue);
        }

        var line = File.ReadLines(Limits).FirstOrDefault(static line => line.StartsWith("Max open files", StringComparison.Ordinal)) ?? "";
        var columns = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return columns.Length > 3 && int.TryParse(columns[3], NumberStyles.None, CultureInfo.InvariantCulture, out var limit)
            ? new DescriptorBudget(limit - Directory.GetFileSystemEntries("/proc/self/fd").Length - Reserve)
            : new DescriptorBudget(int.MaxValue);
    }

    /// <summary>Whether there is room for one more now.</summary>
    public bool HasRoom => _free.CurrentCount > 0;

    /// <summary>Takes room for one more if there is any.</summary>
    public bool TryTake() => _free.Wait(0);

    /// <summary>Waits until there is room for one more.</summary>
    public Task TakeAsync(CancellationToken cancellationToken) => _free.WaitAsync(cancellationToken);

    public void Return() => _free.Release();

    /// <summary>For when no connection is left that could give something back.</summary>
    public void Dispose() => _free.Dispose();
}
