using OmaIm.Load.Measuring;
using OmaIm.Load.Report;

namespace OmaIm.Load.Traffic;

/// <summary>What came in a stretch of time: scenarios compare one with another.</summary>
/// <param name="Deliveries">To all members together.</param>
internal sealed record Stretch(double Seconds, long Deliveries, LatencySummary LatencyMicroseconds)
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(250);

    public double DeliveriesPerSecond => Deliveries / Seconds;

    public override string ToString() => Figure.Text(
        $"{DeliveriesPerSecond:N0}, {Figure.Time(LatencyMicroseconds.P50)} / {Figure.Time(LatencyMicroseconds.P99)} / {Figure.Time(LatencyMicroseconds.Maximum)}");

    /// <summary>Measures for so long.</summary>
    public static Task<Stretch> MeasureAsync(LoadStage stage, TimeSpan length, CancellationToken cancellationToken) =>
        MeasureAsync(stage, seconds => Task.FromResult(seconds >= length.TotalSeconds), cancellationToken);

    /// <summary>Measures until it is over, which is asked four times a second.</summary>
    /// <param name="isOver">Gets the seconds that have passed.</param>
    public static async Task<Stretch> MeasureAsync(LoadStage stage, Func<double, Task<bool>> isOver, CancellationToken cancellationToken)
    {
        var (startedAt, startDeliveries) = (0L, 0L);
        await stage.Loop.InvokeAsync(() =>
        {
            stage.Ledger.Latencies.Clear();
            (startedAt, startDeliveries) = (Clock.Now, stage.Ledger.Deliveries);
        });
        do
        {
            await Task.Delay(Glance, cancellationToken);
        }
        while (!await isOver((Clock.Now - startedAt) / (double)Clock.Second));

        Stretch? stretch = null;
        await stage.Loop.InvokeAsync(() => stretch = new Stretch(
            (Clock.Now - startedAt) / (double)Clock.Second, stage.Ledger.Deliveries - startDeliveries, LatencySummary.Of(stage.Ledger.Latencies)));
        return stretch!;
    }
}
