using OmaIm.Load.Joining;
using OmaIm.Load.Report;
using OmaIm.Load.Server;
using Spectre.Console;

namespace OmaIm.Load;

/// <summary>One run: look at the server, join, load it, leave by BYE, report.</summary>
internal sealed class LoadRun(RunSettings settings, IAnsiConsole output, IAnsiConsole status)
{
    /// <returns>The exit code.</returns>
    /// <exception cref="LoadException">The run could not be made.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var join = settings.Target.Join;
        using var probe = new ServerProbe(settings.Target.Pid, settings.Target.Metrics);
        await using var attendance = new Attendance(settings.Target, settings.AreSessions ? new SessionJoiner(join) : new RoomJoiner(join), status);
        LoadReport? report = null;
        try
        {
            var before = await probe.SampleAsync(cancellationToken);
            var sessions = await attendance.JoinAsync(cancellationToken);
            var joined = settings.Hold ? await probe.SampleAsync(cancellationToken) : before;
            var stage = settings.PathFile is null ? await attendance.ConnectAsync(sessions, settings.Traffic, cancellationToken) : null;
            if (settings.Hold)
            {
                return await new HoldRun(settings, stage, probe, output).RunAsync(sessions, (before, joined), attendance.JoinSeconds, cancellationToken);
            }

            report = await new MeasuredRun(settings, stage!, probe, status).RunAsync(attendance.JoinSeconds, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }

        await attendance.LeaveAsync();
        return await PublishAsync(report);
    }

    private async Task<int> PublishAsync(LoadReport report)
    {
        output.Write(ResultTable.Create(report));
        await JsonReport.WriteToAsync(settings.Target.JsonPath, report);
        if (settings.SvgPath is { } svg)
        {
            await File.WriteAllTextAsync(svg, LatencyChart.Draw(report));
        }

        if (report.Faults.Total > 0)
        {
            return ExitCode.Faults;
        }

        return report.Interrupted ? ExitCode.Interrupted : ExitCode.Ok;
    }
}
