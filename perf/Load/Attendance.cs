using OmaIm.Load.Joining;
using OmaIm.Load.Measuring;
using OmaIm.Load.Server;
using OmaIm.Load.Traffic;
using Spectre.Console;

namespace OmaIm.Load;

/// <summary>Everybody who is in the rooms: they join by SIP, connect, and leave by BYE at the end, whatever the end is.</summary>
/// <param name="joiner">Ends with this.</param>
internal sealed class Attendance(RunTarget target, Joiner joiner, IAnsiConsole status) : IAsyncDisposable
{
    private static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(60);

    private LoadStage? _stage;
    private bool _hasLeft;

    public double JoinSeconds { get; private set; }

    public async Task<IReadOnlyList<JoinedSession>> JoinAsync(CancellationToken cancellationToken)
    {
        DescriptorBudget.Check(target.Pid, target.TotalMembers);
        var startedAt = Clock.Now;
        var sessions = await status.Progress().AutoClear(true).StartAsync(async context =>
        {
            var task = context.AddTask("joining", maxValue: target.TotalMembers);
            return await joiner.JoinAsync(() => task.Increment(1), cancellationToken);
        });
        JoinSeconds = (Clock.Now - startedAt) / (double)Clock.Second;
        return sessions;
    }

    /// <summary>Makes and binds the MSRP connections.</summary>
    public async Task<LoadStage> ConnectAsync(IReadOnlyList<JoinedSession> sessions, TrafficPlan plan, CancellationToken cancellationToken) =>
        _stage = await LoadStage.ConnectAsync(sessions, plan, cancellationToken);

    /// <summary>Ends all sessions and closes all connections, those of SIP included.</summary>
    public async Task LeaveAsync()
    {
        if (_hasLeft)
        {
            return;
        }

        _hasLeft = true;
        using var timeout = new CancellationTokenSource(LeaveTime);
        try
        {
            await (_stage?.Loop.InvokeAsync(_stage.Leave) ?? Task.CompletedTask);
            await joiner.LeaveAsync(timeout.Token);
        }
        catch (Exception failure) when (failure is Client.ImException or OperationCanceledException)
        {
            status.MarkupLineInterpolated($"[yellow]leaving failed: {failure.Message}[/]");
        }

        // The connections last longer than the dialogs, so that the server hears of the end by BYE.
        _stage?.Dispose();
        await joiner.DisposeAsync();
    }

    public async ValueTask DisposeAsync() => await LeaveAsync();
}
