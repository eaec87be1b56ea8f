using OmaIm.Load.Joining;
using OmaIm.Load.Measuring;
using OmaIm.Load.Report;
using OmaIm.Load.Server;
using OmaIm.Load.Traffic;
using Spectre.Console;

namespace OmaIm.Load.Soak;

/// <summary>
/// A long run at a fixed rate while members come, go, die and stop reading. It asks three things: did everybody get everything, does the
/// server's memory stay where it is, and is nothing left when all have gone?
/// </summary>
internal sealed class SoakRun(SoakSettings settings, IAnsiConsole output, IAnsiConsole status)
{
    private readonly List<SoakPoint> _points = [];
    private string? _serverGone;
    private bool _isInterrupted;

    /// <returns>The exit code.</returns>
    /// <exception cref="LoadException">The run could not be made.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var probe = new ServerProbe(settings.Target.Pid, settings.Target.Metrics, countsDescriptors: true);
        var joiner = new RoomJoiner(settings.Target.Join);
        await using var attendance = new Attendance(settings.Target, joiner, status);
        try
        {
            var before = await probe.SampleAsync(cancellationToken);
            var stage = await attendance.ConnectAsync(await attendance.JoinAsync(cancellationToken), settings.Traffic, cancellationToken);
            var turnover = new Turnover(settings, stage, joiner);
            await SoakAsync(stage, turnover, probe, cancellationToken);
            var report = await ReportAsync(stage, turnover, before);
            await attendance.LeaveAsync();
            return await PublishAsync(await CompleteAsync(report, before, probe));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    private async Task SoakAsync(LoadStage stage, Turnover turnover, ServerProbe probe, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await stage.Loop.InvokeAsync(() =>
        {
            stage.Queue.Start();
            stage.Meter.Begin();
        });
        var coming = turnover.RunAsync(over.Token);
        await status.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new RemainingTimeColumn())
            .StartAsync(context => WatchAsync(context.AddTask("soaking", maxValue: settings.Duration.TotalSeconds), stage, turnover, probe, cancellationToken));
        await over.CancelAsync();
        await coming;
        await stage.DrainAsync();
    }

    private async Task WatchAsync(ProgressTask task, LoadStage stage, Turnover turnover, ServerProbe probe, CancellationToken cancellationToken)
    {
        var startedAt = Clock.Now;
        var (then, thenSeconds, seconds) = (await probe.SampleAsync(CancellationToken.None), 0.0, 0.0);
        try
        {
            while (seconds < settings.Duration.TotalSeconds)
            {
                await Task.Delay(settings.Interval, cancellationToken);
                var now = await probe.SampleAsync(CancellationToken.None);
                await stage.Loop.InvokeAsync(stage.Meter.Mark);
                seconds = (Clock.Now - startedAt) / (double)Clock.Second;
                var traffic = stage.Meter.Timeline[^1];
                _points.Add(SoakPoint.Between(seconds, thenSeconds, then, now, traffic.DeliveriesPerSecond, traffic.Latency.P99));
                (then, thenSeconds) = (now, seconds);
                task.Value = seconds;
                task.Description = SoakTable.Progress(_points[^1], turnover.Counts);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped: what has been measured so far is reported all the same.
            _isInterrupted = true;
        }
        catch (LoadException failure)
        {
            _serverGone = failure.Message;
        }
    }

    private async Task<SoakReport> ReportAsync(LoadStage stage, Turnover turnover, ServerSample before)
    {
        SoakReport? report = null;
        await stage.Loop.InvokeAsync(() =>
        {
            stage.Ledger.CountMissing(stage.Rooms);
            report = new SoakReport
            {
                Workload = Workload.Of(settings.Target, settings.Traffic),
                SlopeLimit = settings.SlopeLimit,
                Seconds = stage.Meter.Seconds,
                Messages = stage.Ledger.Senders.Sum(sender => (long)sender.Sent),
                Deliveries = stage.Ledger.Deliveries,
                Compared = stage.Ledger.Compared,
                LatencyMicroseconds = LatencySummary.Of(stage.Meter.All),
                ServerCpuPercent = _points.Count > 0 ? _points.Average(point => point.CpuPercent) : null,
                Turnover = turnover.Counts,
                Faults = stage.Ledger.Faults with { },
                LostBecause = stage.Members.Select(member => member.LostBecause).FirstOrDefault(reason => reason is not null),
                DescriptorsBefore = before.Descriptors,
                DescriptorsAfter = null,
                ResidentBytesBefore = before.ResidentBytes,
                ResidentBytesAfter = null,
                Interrupted = _isInterrupted,
                Points = _points,
            };
        });
        return report!;
    }

    /// <summary>When all have left: what the server keeps.</summary>
    private async Task<SoakReport> CompleteAsync(SoakReport report, ServerSample before, ServerProbe probe)
    {
        try
        {
            var after = await probe.SettleAsync(sample => sample.Descriptors <= before.Descriptors);
            return report with { DescriptorsAfter = after.Descriptors, ResidentBytesAfter = after.ResidentBytes, ServerGone = _serverGone };
        }
        catch (LoadException failure)
        {
            return report with { ServerGone = _serverGone ?? failure.Message };
        }
    }

    private async Task<int> PublishAsync(SoakReport report)
    {
        ScenarioTable.Write(output, report.Workload.ToString(), SoakTable.Rows(report), report.Criteria);
        await JsonReport.WriteToAsync(settings.Target.JsonPath, report);
        if (settings.SvgPath is { } svg)
        {
            await File.WriteAllTextAsync(svg, SoakChart.Draw(report));
        }

        if (!report.Passed)
        {
            return ExitCode.Faults;
        }

        return report.Interrupted ? ExitCode.Interrupted : ExitCode.Ok;
    }
}
