using OmaIm.Client;

namespace OmaIm.Load.Joining;

/// <summary>Joins rooms.</summary>
internal sealed class RoomJoiner(JoinSettings settings) : Joiner(settings)
{
    private static readonly JoinOptions DialogAlone = new() { SubscribeRoster = false, AutoRejoin = false, ConnectMedia = false, MaxMessageSize = int.MaxValue };

    private int _next;

    public override async Task<IReadOnlyList<JoinedSession>> JoinAsync(Action joined, CancellationToken cancellationToken)
    {
        var sessions = new JoinedSession[Settings.Rooms.Count * Settings.Members];
        await ForAllAsync(
            Enumerable.Range(0, sessions.Length),
            async (index, cancelled) =>
            {
                sessions[index] = await JoinAsync(Clients[index % Clients.Count], index / Settings.Members, cancelled);
                joined();
            },
            cancellationToken);
        return sessions;
    }

    /// <summary>Joins one more member to a room, after the others.</summary>
    /// <exception cref="LoadException">He could not join.</exception>
    public Task<JoinedSession> JoinOneAsync(int room, CancellationToken cancellationToken) =>
        JoinAsync(Clients[(int)((uint)Interlocked.Increment(ref _next) % (uint)Clients.Count)], room, cancellationToken);

    private async Task<JoinedSession> JoinAsync(ImClient client, int room, CancellationToken cancellationToken)
    {
        try
        {
            var session = await client.JoinAsync(Settings.Rooms[room], DialogAlone, cancellationToken);
            return Enter(JoinedDialog.Of(session), room, client, session.Msrp);
        }
        catch (ImException failure)
        {
            throw new LoadException($"{client.Address} could not join {Settings.Rooms[room]}: {failure.Message}", failure);
        }
    }
}
