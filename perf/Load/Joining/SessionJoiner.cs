using System.Collections.Concurrent;
using OmaIm.Client;

namespace OmaIm.Load.Joining;

/// <summary>
/// Makes one-to-one sessions: each of the rooms of the settings is the name of one, its two members are caller and callee, in this order.
/// Every account calls the next one.
/// </summary>
internal sealed class SessionJoiner : Joiner
{
    private static readonly SessionOptions DialogAlone = new() { ConnectMedia = false, Recover = false };

    // By the subject of the invitation, which is the session's name.
    private readonly ConcurrentDictionary<string, TaskCompletionSource<ChatSession>> _awaited = new(StringComparer.Ordinal);

    public SessionJoiner(JoinSettings settings)
        : base(settings)
    {
        foreach (var client in Clients)
        {
            client.SessionInvited += invitation => _ = AnswerAsync(invitation);
        }
    }

    public override async Task<IReadOnlyList<JoinedSession>> JoinAsync(Action joined, CancellationToken cancellationToken)
    {
        await ForAllAsync(Clients, RegisterAsync, cancellationToken);
        var sessions = new JoinedSession[2 * Settings.Rooms.Count];
        await ForAllAsync(
            Enumerable.Range(0, Settings.Rooms.Count),
            async (number, cancelled) =>
            {
                var (caller, callee) = (Clients[number % Clients.Count], Clients[(number + 1) % Clients.Count]);
                var (called, answered) = await InviteAsync(caller, callee, Settings.Rooms[number], cancelled);
                sessions[2 * number] = Enter(JoinedDialog.Of(called), number, caller, called.Msrp);
                joined();
                sessions[(2 * number) + 1] = Enter(JoinedDialog.Of(answered), number, callee, answered.Msrp);
                joined();
            },
            cancellationToken);
        return sessions;
    }

    private static async ValueTask RegisterAsync(ImClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.RegisterAsync(cancellationToken);
        }
        catch (ImException failure)
        {
            throw new LoadException($"{client.Address} could not register: {failure.Message}", failure);
        }
    }

    private async Task<(ChatSession Called, ChatSession Answered)> InviteAsync(
        ImClient caller, ImClient callee, string name, CancellationToken cancellationToken)
    {
        var answered = new TaskCompletionSource<ChatSession>(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited[name] = answered;
        try
        {
            var called = await caller.OpenSessionAsync(callee.Address, DialogAlone with { Subject = name }, cancellationToken);
            return (called, await answered.Task.WaitAsync(cancellationToken));
        }
        catch (ImException failure)
        {
            throw new LoadException($"{caller.Address} could not begin a session with {callee.Address}: {failure.Message}", failure);
        }
        finally
        {
            _awaited.TryRemove(name, out _);
        }
    }

    private async Task AnswerAsync(SessionInvitation invitation)
    {
        if (invitation.Subject is not { } name || !_awaited.TryGetValue(name, out var answered))
        {
            invitation.Decline(); // somebody else's
            return;
        }

        try
        {
            answered.TrySetResult(await invitation.AcceptAsync(DialogAlone));
        }
        catch (ImException failure)
        {
            answered.TrySetException(failure);
        }
    }
}
