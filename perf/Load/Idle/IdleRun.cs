using OmaIm.Load.Joining;
using OmaIm.Load.Measuring;
using OmaIm.Load.Report;
using OmaIm.Load.Server;
using OmaIm.Load.Traffic;
using Spectre.Console;

namespace OmaIm.Load.Idle;

/// <summary>Everybody joins and says nothing: what does the server keep for a dialog, and what for a connection?</summary>
internal sealed class IdleRun(IdleSettings settings, IAnsiConsole output, IAnsiConsole status)
{
    /// <returns>The exit code.</returns>
    /// <exception cref="LoadException">The run could not be made.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var probe = new ServerProbe(settings.Target.Pid, settings.Target.Metrics, countsDescriptors: true);
        await using var attendance = new Attendance(settings.Target, new RoomJoiner(settings.Target.Join), status);
        try
        {
            var report = await MeasureAsync(attendance, probe, cancellationToken);
            await attendance.LeaveAsync();
            ScenarioTable.Write(output, Figure.Text($"{report.Members:N0} idle members"), report.Rows(), report.Criteria);
            await JsonReport.WriteToAsync(settings.Target.JsonPath, report);
            return report.Passed ? ExitCode.Ok : ExitCode.Faults;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    private async Task<IdleReport> MeasureAsync(Attendance attendance, ServerProbe probe, CancellationToken cancellationToken)
    {
        var empty = await probe.SampleAsync(cancellationToken);
        var sessions = await attendance.JoinAsync(cancellationToken);
        var joined = await LookAfterRestAsync("joined", probe, cancellationToken);
        var startedAt = Clock.Now;
        var stage = await attendance.ConnectAsync(sessions, new TrafficPlan { Senders = 0 }, cancellationToken);
        var connectSeconds = (Clock.Now - startedAt) / (double)Clock.Second;
        var connected = await LookAfterRestAsync("connected", probe, cancellationToken);
        var lost = 0L;
        await stage.Loop.InvokeAsync(() => lost = stage.Ledger.Faults.Lost);
        return new IdleReport(
            settings.Target.TotalMembers, attendance.JoinSeconds, connectSeconds, settings.SipLimit, settings.MsrpLimit, empty, joined, connected, lost);
    }

    private async Task<ServerSample> LookAfterRestAsync(string what, ServerProbe probe, CancellationToken cancellationToken)
    {
        await status.Status().StartAsync($"all have {what}; resting", _ => Task.Delay(settings.Rest, cancellationToken));
        return await probe.SampleAsync(cancellationToken);
    }
}
