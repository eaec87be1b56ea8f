using OmaIm.Load.Joining;
using OmaIm.Load.Measuring;
using OmaIm.Load.Report;
using OmaIm.Load.Server;
using OmaIm.Load.Traffic;
using Spectre.Console;

namespace OmaIm.Load;

/// <summary>One run: look at the server, join, load it, leave by BYE, report.</summary>
internal sealed class LoadRun(RunSettings settings, IAnsiConsole output, IAnsiConsole status)
{
    private static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(20);

    /// <returns>The exit code.</returns>
    /// <exception cref="LoadException">The run could not be made.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var probe = new ServerProbe(settings.Pid, settings.Metrics);
        await using var joiner = new RoomJoiner(settings.Join);
        LoadStage? stage = null;
        LoadReport? report = null;
        try
        {
            var before = await probe.SampleAsync(cancellationToken);
            var startedAt = Clock.Now;
            var sessions = await JoinAsync(joiner, cancellationToken);
            var joinSeconds = (Clock.Now - startedAt) / (double)Clock.Second;
            stage = settings.PathFile is null ? await LoadStage.ConnectAsync(sessions, settings.Traffic, cancellationToken) : null;
            if (settings.Hold)
            {
                return await new HoldRun(settings, stage, probe, output).RunAsync(sessions, before, joinSeconds, cancellationToken);
            }

            report = await new MeasuredRun(settings, stage!, probe, status).RunAsync(joinSeconds, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
        finally
        {
            // The connections last longer than the dialogs, so that the server hears of the end by BYE.
            await LeaveAsync(joiner, stage);
            stage?.Dispose();
        }

        return await PublishAsync(report);
    }

    private Task<IReadOnlyList<JoinedSession>> JoinAsync(RoomJoiner joiner, CancellationToken cancellationToken) =>
        status.Progress().AutoClear(true).StartAsync(async context =>
        {
            var task = context.AddTask("joining", maxValue: settings.Join.Rooms.Count * settings.Join.Members);
            return await joiner.JoinAsync(() => task.Increment(1), cancellationToken);
        });

    private async Task LeaveAsync(RoomJoiner joiner, LoadStage? stage)
    {
        using var timeout = new CancellationTokenSource(LeaveTime);
        try
        {
            await (stage?.Loop.InvokeAsync(stage.Leave) ?? Task.CompletedTask);
            await joiner.LeaveAsync(timeout.Token);
        }
        catch (Exception failure) when (failure is Client.ImException or OperationCanceledException)
        {
            status.MarkupLineInterpolated($"[yellow]leaving failed: {failure.Message}[/]");
        }
    }

    private async Task<int> PublishAsync(LoadReport report)
    {
        output.Write(ResultTable.Create(report));
        if (settings.JsonPath is { } json)
        {
            await File.WriteAllTextAsync(json, JsonReport.Write(report));
        }

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
