using OmaIm.Load.Joining;
using OmaIm.Load.Measuring;
using OmaIm.Load.Report;
using OmaIm.Load.Server;
using OmaIm.Load.Traffic;
using Spectre.Console;

namespace OmaIm.Load.Stall;

/// <summary>Some members stop reading in the middle: what do the others notice, what does it cost the server, and how soon does it let go of them?</summary>
internal sealed class StallRun(StallSettings settings, IAnsiConsole output, IAnsiConsole status)
{
    /// <summary>The least time beside: a shorter one has too few messages for a p99.</summary>
    private static readonly TimeSpan LeastBeside = TimeSpan.FromSeconds(10);

    private long _stalledAt;
    private long? _mostResident;

    /// <returns>The exit code.</returns>
    /// <exception cref="LoadException">The run could not be made.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // Without the metrics page, which costs the server memory.
        using var probe = new ServerProbe(settings.Target.Pid, metrics: null);
        await using var attendance = new Attendance(settings.Target, new RoomJoiner(settings.Target.Join), status);
        try
        {
            var stage = await attendance.ConnectAsync(await attendance.JoinAsync(cancellationToken), settings.Traffic, cancellationToken);
            var report = await status.Status().StartAsync("warming up", context => MeasureAsync(context, stage, probe, cancellationToken));
            await attendance.LeaveAsync();
            ScenarioTable.Write(output, report.Workload.ToString(), report.Rows(), report.Criteria);
            await JsonReport.WriteToAsync(settings.Target.JsonPath, report);
            return report.Passed ? ExitCode.Ok : ExitCode.Faults;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    private async Task<StallingReport> MeasureAsync(StatusContext context, LoadStage stage, ServerProbe probe, CancellationToken cancellationToken)
    {
        await stage.Loop.InvokeAsync(stage.Queue.Start);
        await Task.Delay(settings.Warm, cancellationToken);
        context.Status("measuring while all read");
        var before = await Stretch.MeasureAsync(stage, seconds => IsBeforeOverAsync(probe, seconds), cancellationToken);
        var memory = _mostResident;

        context.Status("measuring while some do not read");
        await stage.Loop.InvokeAsync(() => Stall(stage));
        var beside = await Stretch.MeasureAsync(stage, seconds => IsOverAsync(stage, probe, seconds), cancellationToken);
        context.Status("waiting for the last ones");
        await stage.DrainAsync();
        return await ReportAsync(stage, before, beside, memory);
    }

    private void Stall(LoadStage stage)
    {
        _stalledAt = Clock.Now;
        foreach (var member in stage.Stallers())
        {
            member.Stall();
        }
    }

    private async Task<bool> IsBeforeOverAsync(ServerProbe probe, double seconds)
    {
        await LookAtMemoryAsync(probe);
        return seconds >= settings.Before.TotalSeconds;
    }

    private async Task LookAtMemoryAsync(ServerProbe probe)
    {
        var sample = await probe.SampleAsync(CancellationToken.None);
        _mostResident = Math.Max(_mostResident ?? 0, sample.ResidentBytes ?? 0);
    }

    private async Task<bool> IsOverAsync(LoadStage stage, ServerProbe probe, double seconds)
    {
        await LookAtMemoryAsync(probe);
        var areCutOff = false;
        await stage.Loop.InvokeAsync(() => areCutOff = stage.Stallers().All(member => member.CutOffAt > 0));
        return seconds >= LeastBeside.TotalSeconds && (areCutOff || seconds >= settings.Patience.TotalSeconds);
    }

    private async Task<StallingReport> ReportAsync(LoadStage stage, Stretch before, Stretch beside, long? residentBefore)
    {
        StallingReport? report = null;
        await stage.Loop.InvokeAsync(() =>
        {
            stage.Ledger.CountMissing(stage.Rooms);
            var times = stage.Stallers().Where(member => member.CutOffAt > 0).Select(member => (member.CutOffAt - _stalledAt) / (double)Clock.Second).ToList();
            report = new StallingReport
            {
                Workload = Workload.Of(settings.Target, settings.Traffic),
                Stalled = settings.Stalled,
                Reading = settings.Target.TotalMembers - settings.Stalled,
                PatienceSeconds = settings.Patience.TotalSeconds,
                Before = before,
                Beside = beside,
                ResidentBytesBefore = residentBefore,
                ResidentBytesBeside = _mostResident,
                CutOff = times.Count,
                FirstCutOffSeconds = times.Count > 0 ? times.Min() : null,
                LastCutOffSeconds = times.Count > 0 ? times.Max() : null,
                Faults = stage.Ledger.Faults with { },
                LostBecause = stage.Members.Select(member => member.LostBecause).FirstOrDefault(reason => reason is not null),
            };
        });
        return report!;
    }
}
