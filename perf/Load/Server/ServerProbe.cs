using OmaIm.Load.Measuring;

namespace OmaIm.Load.Server;

/// <summary>Looks at the server from outside: by its process, by its metrics page, by both, or not at all.</summary>
/// <param name="countsDescriptors">
/// Whether descriptors are counted: with thousands of them that takes milliseconds, which a latency measured meanwhile would show.
/// </param>
internal sealed class ServerProbe(int? pid, Uri? metrics, bool countsDescriptors = false) : IDisposable
{
    /// <summary>How long a server may take to clean up behind those who have left.</summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };

    public async Task<ServerSample> SampleAsync(CancellationToken cancellationToken)
    {
        var page = await SamplePageAsync(cancellationToken);
        if (pid is null)
        {
            return page;
        }

        var process = ProcessStatus.Sample(pid.Value);
        var descriptors = countsDescriptors ? ProcessStatus.CountDescriptors(pid.Value) : (int?)null;
        return page with { CpuSeconds = process.CpuSeconds, ResidentBytes = process.ResidentBytes, Descriptors = descriptors };
    }

    /// <summary>Looks at the metrics page alone.</summary>
    public async Task<ServerSample> SamplePageAsync(CancellationToken cancellationToken) =>
        metrics is null ? new ServerSample() : await MetricsPage.SampleAsync(_http, metrics, cancellationToken);

    /// <summary>Looks until something is as it should be, or some seconds have passed; returns the last look.</summary>
    public async Task<ServerSample> SettleAsync(Func<ServerSample, bool> isSettled)
    {
        var startedAt = Clock.Now;
        var sample = await SampleAsync(CancellationToken.None);
        while (!isSettled(sample) && Clock.Now - startedAt < SettleTime.TotalSeconds * Clock.Second)
        {
            await Task.Delay(Glance);
            sample = await SampleAsync(CancellationToken.None);
        }

        return sample;
    }

    public void Dispose() => _http.Dispose();
}
