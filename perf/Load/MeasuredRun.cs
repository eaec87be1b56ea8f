using OmaIm.Load.Measuring;
using OmaIm.Load.Report;
using OmaIm.Load.Server;
using OmaIm.Load.Traffic;
using Spectre.Console;

namespace OmaIm.Load;

/// <summary>Warm up, measure, stop, wait for what is under way, count.</summary>
internal sealed class MeasuredRun(RunSettings settings, LoadStage stage, ServerProbe probe, IAnsiConsole status)
{
    private static readonly TimeSpan ShortestTick = TimeSpan.FromMilliseconds(250);

    /// <summary>Intervals on the time axis of the chart, about.</summary>
    private const int TimelinePoints = 120;

    /// <summary>How much longer than planned may be measured until a large message is through.</summary>
    private static readonly TimeSpan BigTime = TimeSpan.FromSeconds(120);

    private bool _isInterrupted;
    private long _stalledAt;
    private double _driverCpuPercent;
    private ServerUse _serverUse = new();

    public async Task<LoadReport> RunAsync(double joinSeconds, CancellationToken cancellationToken)
    {
        await status.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                await stage.Loop.InvokeAsync(stage.Queue.Start);
                await WarmUpAsync(context, cancellationToken);
                await MeasureAsync(context, cancellationToken);
                context.AddTask("waiting for the last ones").IsIndeterminate = true;
                await stage.DrainAsync();
            });
        return await ReportAsync(joinSeconds);
    }

    private Task WarmUpAsync(ProgressContext context, CancellationToken cancellationToken) =>
        PhaseAsync(context.AddTask("warming up"), settings.Warm, ShortestTick, _ => Task.FromResult(true), cancellationToken);

    private async Task MeasureAsync(ProgressContext context, CancellationToken cancellationToken)
    {
        var before = await probe.SampleAsync(CancellationToken.None);
        var cpuBefore = Environment.CpuUsage.TotalTime;
        await stage.Loop.InvokeAsync(() =>
        {
            stage.Meter.Begin();
            foreach (var member in stage.Stallers())
            {
                member.Stall();
            }

            _stalledAt = Clock.Now;
        });

        var task = context.AddTask("measuring");
        var tick = TimeSpan.FromSeconds(Math.Max(ShortestTick.TotalSeconds, settings.Duration.TotalSeconds / TimelinePoints));
        await PhaseAsync(task, settings.Duration, tick, elapsed => TickAsync(task, elapsed), cancellationToken);

        await stage.Loop.InvokeAsync(stage.Meter.Mark);
        var cpu = Environment.CpuUsage.TotalTime - cpuBefore;
        var after = await SampleAfterAsync();
        _driverCpuPercent = 100 * cpu.TotalSeconds / stage.Meter.Seconds;
        _serverUse = ServerUse.Between(before, after, stage.Meter.Seconds, stage.Meter.Deliveries);
    }

    private async Task<ServerSample> SampleAfterAsync()
    {
        try
        {
            return await probe.SampleAsync(CancellationToken.None);
        }
        catch (LoadException failure)
        {
            // A server that died on the way: what was seen of it is reported all the same.
            status.MarkupLineInterpolated($"[red]{failure.Message}[/]");
            return new ServerSample();
        }
    }

    /// <summary>Ends an interval; true when measuring may end as far as this run's large messages are concerned.</summary>
    private async Task<bool> TickAsync(ProgressTask task, TimeSpan elapsed)
    {
        var bigs = stage.Ledger.Bigs;
        var isBigTime = bigs.Count > 0 && !bigs[0].IsStarted && elapsed >= settings.Duration / 3;
        await stage.Loop.InvokeAsync(isBigTime ? stage.Meter.StartBig : stage.Meter.Mark);
        if (stage.Meter.Timeline is [.., var point])
        {
            task.Description = FormattableString.Invariant(
                $"measuring: {point.DeliveriesPerSecond,9:N0}/s, p99 {point.Latency.P99 / 1000,7:N1} ms");
        }

        return bigs.All(big => big.IsOver) || elapsed > settings.Duration + BigTime;
    }

    private async Task PhaseAsync(
        ProgressTask task, TimeSpan length, TimeSpan tick, Func<TimeSpan, Task<bool>> onTick, CancellationToken cancellationToken)
    {
        task.MaxValue = Math.Max(length.TotalSeconds, 0.001);
        var startedAt = Clock.Now;
        using var timer = new PeriodicTimer(tick);
        try
        {
            for (var mayEnd = length == TimeSpan.Zero; !mayEnd;)
            {
                await timer.WaitForNextTickAsync(cancellationToken);
                var elapsed = TimeSpan.FromSeconds((Clock.Now - startedAt) / (double)Clock.Second);
                task.Value = elapsed.TotalSeconds;
                mayEnd = await onTick(elapsed) && elapsed >= length;
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped: what has been measured so far is reported all the same.
            _isInterrupted = true;
        }

        task.Value = task.MaxValue;
    }

    private async Task<LoadReport> ReportAsync(double joinSeconds)
    {
        LoadReport? report = null;
        await stage.Loop.InvokeAsync(() =>
        {
            var ledger = stage.Ledger;
            ledger.CountMissing(stage.Rooms);
            report = new LoadReport
            {
                Workload = Workload.Of(settings.Target, settings.Traffic) with { AreSessions = settings.AreSessions },
                JoinSeconds = joinSeconds,
                Seconds = stage.Meter.Seconds,
                Messages = ledger.Senders.Sum(sender => (long)sender.Sent),
                Deliveries = stage.Meter.Deliveries,
                Compared = ledger.Compared,
                LatencyMicroseconds = LatencySummary.Of(stage.Meter.All),
                Server = _serverUse,
                DriverCpuPercent = _driverCpuPercent,
                Faults = ledger.Faults,
                LostBecause = stage.Members.Select(member => member.LostBecause).FirstOrDefault(reason => reason is not null),
                Big = DescribeBig(),
                Stall = DescribeStall(),
                Interrupted = _isInterrupted,
                Timeline = [.. stage.Meter.Timeline],
                Percentiles = stage.Meter.Percentiles,
            };
        });
        return report!;
    }

    private BigReport? DescribeBig() => stage.Ledger.Bigs is not { Count: > 0 } bigs ? null : new BigReport(
        settings.Traffic.BigLength,
        bigs.Count,
        bigs.Sum(big => big.Expected),
        bigs.Sum(big => big.Verified),
        bigs.Max(big => big.Duration) / (double)Clock.Second,
        LatencySummary.Of(stage.Meter.BeforeBig).P99,
        LatencySummary.Of(stage.Meter.BesideBig).P99);

    private StallReport? DescribeStall()
    {
        var stalled = stage.Members.Where(member => member.IsStalled).ToList();
        var times = stalled.Where(member => member.CutOffAt > 0).Select(member => (member.CutOffAt - _stalledAt) / (double)Clock.Second).ToList();
        return stalled.Count == 0 ? null : new StallReport(
            stalled.Count, times.Count, times.Count > 0 ? times.Min() : null, times.Count > 0 ? times.Max() : null);
    }
}
