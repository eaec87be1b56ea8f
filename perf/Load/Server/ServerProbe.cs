namespace OmaIm.Load.Server;

/// <summary>Looks at the server from outside: by its process, by its metrics page, by both, or not at all.</summary>
internal sealed class ServerProbe(int? pid, Uri? metrics) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };

    public async Task<ServerSample> SampleAsync(CancellationToken cancellationToken)
    {
        var page = metrics is null ? new ServerSample() : await MetricsPage.SampleAsync(_http, metrics, cancellationToken);
        if (pid is null)
        {
            return page;
        }

        var process = ProcessStatus.Sample(pid.Value);
        return page with { CpuSeconds = process.CpuSeconds, ResidentBytes = process.ResidentBytes };
    }

    public void Dispose() => _http.Dispose();
}
