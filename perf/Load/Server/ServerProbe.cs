using OmaIm.Load.Measuring;

namespace OmaIm.Load.Server;

/// <summary>Looks at the server from outside: by its process, by its metrics page, by both, or not at all.</summary>
internal sealed class ServerProbe(int? pid, Uri? metrics) : IDisposable
{
    /// <summary>How long a server may take to clean up behind those who have left.</summary>
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };

    public async Task<ServerSample> SampleAsync(CancellationToken cancellationToken)
    {
        var page = metrics is null ? new ServerSample() : await MetricsPage.SampleAsync(_http, metrics, cancellationToken);
        if (pid is null)
        {
            return page;
        }

        var process = ProcessStatus.Sample(pid.Value);
        return page with { CpuSeconds = process.CpuSeconds, ResidentBytes = process.ResidentBytes, Descriptors = process.Descriptors };
    }

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
