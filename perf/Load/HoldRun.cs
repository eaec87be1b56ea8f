using OmaIm.Load.Commands;
using OmaIm.Load.Joining;
using OmaIm.Load.Report;
using OmaIm.Load.Server;
using OmaIm.Load.Traffic;
using Spectre.Console;

namespace OmaIm.Load;

/// <summary>
/// Everybody has joined and says nothing, until the run is stopped: to see what idle members cost, or to lend the dialogs to an outside
/// driver that makes the MSRP connections.
/// </summary>
/// <param name="stage">The connections of the members, or null where others make them.</param>
internal sealed class HoldRun(RunSettings settings, LoadStage? stage, ServerProbe probe, IAnsiConsole output)
{
    public async Task<int> RunAsync(
        IReadOnlyList<JoinedSession> sessions, (ServerSample Empty, ServerSample Joined) before, double joinSeconds, CancellationToken cancellationToken)
    {
        if (settings.PathFile is { } path)
        {
            await File.WriteAllLinesAsync(path, sessions.Select(session => MemberPath.Of(session).ToString()), cancellationToken);
        }

        output.MarkupLineInterpolated($"{sessions.Count:N0} members have joined in {joinSeconds:N1} s and stay until Ctrl-C.");
        await Execution.UntilStoppedAsync(cancellationToken);
        await ReportMemoryAsync(sessions.Count, before);
        return stage is null || stage.Ledger.Faults.Total == 0 ? ExitCode.Ok : ExitCode.Faults;
    }

    private async Task ReportMemoryAsync(int members, (ServerSample Empty, ServerSample Joined) before)
    {
        var after = await probe.SampleAsync(CancellationToken.None);
        if (before.Empty.ResidentBytes is { } empty && before.Joined.ResidentBytes is { } joined && after.ResidentBytes is { } full)
        {
            output.MarkupLineInterpolated(
                $"Server: {Figure.Mebibytes(empty)} before, {Figure.Mebibytes(joined)} when all had joined, {Figure.Mebibytes(full)} now.");
            output.MarkupLineInterpolated(
                $"A member: {Figure.Kibibytes((joined - empty) / (double)members)} for SIP, {Figure.Kibibytes((full - joined) / (double)members)} for MSRP.");
        }
    }
}
