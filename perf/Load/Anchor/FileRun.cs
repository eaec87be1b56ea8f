using OmaIm.Load.Joining;
using OmaIm.Load.Report;
using OmaIm.Load.Server;
using Spectre.Console;

namespace OmaIm.Load.Anchor;

/// <summary>
/// A large file through one-to-one sessions that were made by SIP and that the server anchors, and the same bytes through a plain copy, in turns:
/// is the server fast enough, and does it keep nothing of the file?
/// </summary>
internal sealed class FileRun(FileSettings settings, IAnsiConsole output, IAnsiConsole status)
{
    /// <summary>What both ways carry before anything is measured, at most.</summary>
    private const long WarmBytes = 200 * FileSettings.Megabyte;

    /// <returns>The exit code.</returns>
    /// <exception cref="LoadException">The run could not be made.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        // Each transfer has a session of its own, the first one is for warming up.
        var target = settings.Target.WithSessions(settings.Runs + 1);
        await using var attendance = new Attendance(target, new SessionJoiner(target.Join), status);
        try
        {
            var sessions = await attendance.JoinAsync(cancellationToken);
            using var copy = await CopyProcess.StartAsync(cancellationToken);
            var report = await status.Status().StartAsync("warming up", context => TransferAsync(context, [.. sessions.Select(MemberPath.Of)], copy.Port, cancellationToken));
            await attendance.LeaveAsync();
            ScenarioTable.Write(output, Figure.Text($"{settings.Megabytes:N0} MB through an anchored session"), report.Rows(), report.Criteria);
            await JsonReport.WriteToAsync(settings.Target.JsonPath, report);
            return report.Passed ? ExitCode.Ok : ExitCode.Faults;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    private async Task<FileReport> TransferAsync(StatusContext context, IReadOnlyList<MemberPath> ends, int copyPort, CancellationToken cancellationToken)
    {
        var warm = new FileTransfer(new FileContent(Math.Min(WarmBytes, (long)settings.Megabytes * FileSettings.Megabyte)));
        await warm.CopyAsync(copyPort);
        await warm.RelayAsync(ends[0], ends[1]);
        context.Status("hashing the file");
        var transfer = new FileTransfer(new FileContent((long)settings.Megabytes * FileSettings.Megabyte));
        List<FilePass> passes = [];
        for (var run = 1; run <= settings.Runs; run++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            context.Status(Figure.Text($"transfer {run} of {settings.Runs}"));
            var plain = await transfer.CopyAsync(copyPort);
            var pid = settings.Target.Pid!.Value;
            ProcessStatus.ForgetPeak(pid);
            var before = ProcessStatus.MemoryOf(pid);
            var anchored = await transfer.RelayAsync(ends[2 * run], ends[(2 * run) + 1]);
            passes.Add(new FilePass(plain.Rate, anchored.Rate, plain.IsEqual && anchored.IsEqual, before, ProcessStatus.MemoryOf(pid)));
        }

        return new FileReport((long)settings.Megabytes * FileSettings.Megabyte, settings.GrowthLimit, settings.LeastPercent, passes);
    }
}
