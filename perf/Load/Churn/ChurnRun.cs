using System.Net;
using OmaIm.Client;
using OmaIm.Load.Joining;
using OmaIm.Load.Measuring;
using OmaIm.Load.Report;
using OmaIm.Load.Server;
using OmaIm.Load.Traffic;
using OmaIm.Load.Wire;
using Spectre.Console;

namespace OmaIm.Load.Churn;

/// <summary>
/// Strangers connect to the MSRP port and go away, or stay and say nothing, while the members talk: what do these notice, and is everything as
/// before afterwards?
/// </summary>
internal sealed class ChurnRun(ChurnSettings settings, IAnsiConsole output, IAnsiConsole status)
{
    /// <summary>How much later than configured a silent connection is still waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private long? _mostConnections;

    /// <returns>The exit code.</returns>
    /// <exception cref="LoadException">The run could not be made.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        DescriptorBudget.Check(settings.Target.Pid, settings.Target.TotalMembers + settings.Silent);
        using var probe = new ServerProbe(settings.Target.Pid, settings.Target.Metrics, countsDescriptors: true);
        var joiner = new RoomJoiner(settings.Target.Join);
        await using var attendance = new Attendance(settings.Target, joiner, status);
        try
        {
            var stage = await attendance.ConnectAsync(await attendance.JoinAsync(cancellationToken), settings.Traffic, cancellationToken);
            var report = await status.Status().StartAsync("warming up", context => MeasureAsync(context, stage, joiner, probe, cancellationToken));
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

    private async Task<ChurnReport> MeasureAsync(
        StatusContext context, LoadStage stage, RoomJoiner joiner, ServerProbe probe, CancellationToken cancellationToken)
    {
        var comesFirst = false;
        await stage.Loop.InvokeAsync(() => comesFirst = Precedence.TryComeFirst());
        if (!comesFirst)
        {
            status.MarkupLine("the measuring thread must share its core with the strangers': it is not permitted to come first (CAP_SYS_NICE)");
        }

        await stage.Loop.InvokeAsync(stage.Queue.Start);
        await Task.Delay(settings.Warm, cancellationToken);
        context.Status("measuring undisturbed");
        var before = await Stretch.MeasureAsync(stage, settings.Duration, cancellationToken);
        var then = await probe.SampleAsync(cancellationToken);

        context.Status("measuring beside the strangers");
        var (host, port) = stage.Occupants[0].Session.Target;
        using var knocker = new Knocker(new IPEndPoint(IPAddress.Parse(host.Trim('[', ']')), port), settings.Connections);
        using var silent = new SilentCrowd((host, port), settings.Silent, settings.SilentRate);
        var startedAt = Clock.Now;
        knocker.Start();
        silent.Start();
        var beside = await Stretch.MeasureAsync(stage, seconds => IsOverAsync(probe, silent, seconds), cancellationToken);
        knocker.Stop();
        var knockedSeconds = (Clock.Now - startedAt) / (double)Clock.Second;
        if (silent.Failure is { } failure)
        {
            throw new LoadException($"a silent connection to {host}:{port} cannot be made: {failure}");
        }

        context.Status("waiting for the last ones");
        await stage.DrainAsync();
        var now = await probe.SettleAsync(
            sample => sample.Descriptors <= then.Descriptors && sample.Accepted - then.Accepted >= knocker.Made + settings.Silent);
        var newcomerRefused = await TryNewcomerAsync(stage, joiner);
        return await ReportAsync(stage, knocker, silent.ClosedAfterSeconds, (before, beside), (then, now), knockedSeconds, newcomerRefused);
    }

    private async Task<bool> IsOverAsync(ServerProbe probe, SilentCrowd silent, double seconds)
    {
        var connections = (await probe.SamplePageAsync(CancellationToken.None)).Connections;
        _mostConnections = Math.Max(_mostConnections ?? 0, connections ?? 0);
        var longest = settings.Duration + settings.SilentTime + settings.FirstByte + Patience;
        return seconds >= settings.Duration.TotalSeconds && (silent.IsOver || seconds >= longest.TotalSeconds);
    }

    /// <summary>One leaves and another comes; returns why he could not, or null.</summary>
    private static async Task<string?> TryNewcomerAsync(LoadStage stage, RoomJoiner joiner)
    {
        var last = stage.Occupants[^1];
        try
        {
            await stage.Loop.InvokeAsync(last.Member.Leave);
            await joiner.LeaveAsync(last.Session.Dialog, CancellationToken.None);
            await stage.Loop.InvokeAsync(last.Member.Disconnect);
            await stage.ReplaceAsync(last, await joiner.JoinOneAsync(last.Session.Room, CancellationToken.None));
            return null;
        }
        catch (Exception failure) when (failure is ImException or LoadException)
        {
            return failure.Message;
        }
    }

    private async Task<ChurnReport> ReportAsync(
        LoadStage stage,
        Knocker knocker,
        List<double> closedAfter,
        (Stretch Before, Stretch Beside) traffic,
        (ServerSample Before, ServerSample After) server,
        double knockedSeconds,
        string? newcomerRefused)
    {
        ChurnReport? report = null;
        await stage.Loop.InvokeAsync(() =>
        {
            stage.Ledger.CountMissing(stage.Rooms);
            report = new ChurnReport
            {
                Workload = Workload.Of(settings.Target, settings.Traffic),
                Before = traffic.Before,
                Beside = traffic.Beside,
                Made = knocker.Made,
                ConnectionsPerSecondAsked = settings.Connections,
                KnockedSeconds = knockedSeconds,
                Failed = knocker.Failed,
                FirstFailure = knocker.FirstFailure,
                SlowestConnectMilliseconds = knocker.SlowestMilliseconds,
                Accepted = server.After.Accepted - server.Before.Accepted,
                Silent = settings.Silent,
                SilentClosed = closedAfter.Count,
                FirstClosedSeconds = closedAfter.Count > 0 ? closedAfter.Min() : null,
                LastClosedSeconds = closedAfter.Count > 0 ? closedAfter.Max() : null,
                FirstByteSeconds = settings.FirstByte.TotalSeconds,
                DescriptorsBefore = server.Before.Descriptors,
                ConnectionsMost = _mostConnections,
                DescriptorsAfter = server.After.Descriptors,
                NewcomerRefused = newcomerRefused,
                Faults = stage.Ledger.Faults with { },
                LostBecause = stage.Members.Select(member => member.LostBecause).FirstOrDefault(reason => reason is not null),
            };
        });
        return report!;
    }
}
