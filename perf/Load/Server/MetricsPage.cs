using System.Globalization;

namespace OmaIm.Load.Server;

/// <summary>Reads the figures that matter here from a page in Prometheus text format.</summary>
internal static class MetricsPage
{
    public static ServerSample Read(string page)
    {
        var values = Sum(page);
        return new ServerSample
        {
            CpuSeconds = Find("process_cpu_seconds_total"),
            ResidentBytes = (long?)Find("process_resident_memory_bytes"),
            Connections = (long?)Find("omaim_connections_open"),
            Accepted = (long?)Find("omaim_connections_accepted_total"),
            HeapBytes = (long?)Find("dotnet_gc_heap_bytes"),
            AllocatedBytes = (long?)Find("dotnet_gc_allocated_bytes_total"),
            Collections = (long?)Find("dotnet_gc_collections_total"),
            PauseSeconds = Find("dotnet_gc_pause_seconds_total"),
            Deliveries = (long?)Find("omaim_msrp_deliveries_total"),
            Writes = (long?)Find("omaim_msrp_writes_total"),
        };

        double? Find(string name) => values.TryGetValue(name, out var value) ? value : null;
    }

    /// <exception cref="LoadException">The page cannot be had.</exception>
    public static async Task<ServerSample> SampleAsync(HttpClient http, Uri address, CancellationToken cancellationToken)
    {
        try
        {
            return Read(await http.GetStringAsync(address, cancellationToken));
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new LoadException($"--metrics: {address} cannot be read: {failure.Message}", failure);
        }
    }

    // name ["{" labels "}"] SP value; several series of a name are added up. Label values of ours hold no blanks.
    private static Dictionary<string, double> Sum(string page)
    {
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var line in page.Split('\n').Where(line => line.Length > 0 && line[0] != '#'))
        {
            var blank = line.LastIndexOf(' ');
            if (blank > 0 && double.TryParse(line[(blank + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            {
                var name = line[..blank].Split('{')[0];
                values[name] = values.GetValueOrDefault(name) + value;
            }
        }

        return values;
    }
}
