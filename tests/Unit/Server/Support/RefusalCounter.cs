using System.Diagnostics.Metrics;
using OmaIm.Server.Core;

namespace OmaIm.Tests.Unit.Server.Support;

/// <summary>Listens to the refusals that one server counts, by "part/reason".</summary>
internal sealed class RefusalCounter : IDisposable
{
    private readonly MeterListener _listener = new();

    public RefusalCounter(ServerMetrics metrics)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "omaim.server.refusals" && metrics.Owns(instrument.Meter))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) => Reasons.Add($"{tags[0].Value}/{tags[1].Value}"));
        _listener.Start();
    }

    public List<string> Reasons { get; } = [];

    public void Dispose() => _listener.Dispose();
}
