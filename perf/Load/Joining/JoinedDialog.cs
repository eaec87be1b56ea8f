using OmaIm.Client;

namespace OmaIm.Load.Joining;

/// <summary>A dialog that stands, with a room or with another user.</summary>
internal sealed class JoinedDialog
{
    private readonly Func<Task<string>> _untilEnd;
    private readonly Func<CancellationToken, Task> _leave;

    private JoinedDialog(Func<Task<string>> untilEnd, Func<CancellationToken, Task> leave) => (_untilEnd, _leave) = (untilEnd, leave);

    public static JoinedDialog Of(RoomSession session) => new(
        async () => await session.Events.ReadAllAsync().OfType<Closed>().Select(closed => closed.Reason).FirstOrDefaultAsync() ?? "",
        session.LeaveAsync);

    public static JoinedDialog Of(ChatSession session) => new(
        async () => await session.Events.ReadAllAsync().OfType<SessionEnded>().Select(ended => ended.Reason).FirstOrDefaultAsync() ?? "",
        session.CloseAsync);

    /// <summary>Waits for the end, by whomever, and returns the reason; to be called once.</summary>
    public Task<string> UntilEndAsync() => _untilEnd();

    /// <summary>Ends it with BYE, and waits for the answer.</summary>
    public Task LeaveAsync(CancellationToken cancellationToken) => _leave(cancellationToken);
}
