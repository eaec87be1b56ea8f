using System.Collections.Concurrent;
using OmaIm.Client;
using OmaIm.Load.Wire;

namespace OmaIm.Load.Joining;

/// <summary>Joins rooms by SIP, many at a time, through the client library; one client for each account, all on one runtime.</summary>
internal sealed class RoomJoiner(JoinSettings settings) : IAsyncDisposable
{
    /// <summary>Dialogs that are being made or ended at a time: enough to keep a server busy, few enough for its queues.</summary>
    private const int AtATime = 64;

    private static readonly JoinOptions SessionAlone = new() { SubscribeRoster = false, AutoRejoin = false, ConnectMedia = false, MaxMessageSize = int.MaxValue };

    private TlsRelay? _relay;
    private readonly ImRuntime _runtime = ImRuntime.Start();
    private readonly List<ImClient> _clients = [];
    private readonly ConcurrentDictionary<RoomSession, bool> _present = [];
    private int _next;

    /// <summary>Joins all members to all rooms; sessions come in the order of rooms, then members.</summary>
    /// <param name="joined">Called after each, on any thread.</param>
    /// <exception cref="LoadException">Somebody could not join.</exception>
    public async Task<IReadOnlyList<JoinedSession>> JoinAsync(Action joined, CancellationToken cancellationToken)
    {
        _clients.AddRange(settings.Accounts.Users.Select(CreateClient));
        var sessions = new JoinedSession[settings.Rooms.Count * settings.Members];
        await ForAllAsync(
            Enumerable.Range(0, sessions.Length),
            async (index, cancelled) =>
            {
                sessions[index] = await JoinAsync(_clients[index % _clients.Count], index / settings.Members, cancelled);
                joined();
            },
            cancellationToken);
        return sessions;
    }

    /// <summary>Joins one more member to a room, after the others.</summary>
    /// <exception cref="LoadException">He could not join.</exception>
    public Task<JoinedSession> JoinOneAsync(int room, CancellationToken cancellationToken) =>
        JoinAsync(_clients[(int)((uint)Interlocked.Increment(ref _next) % (uint)_clients.Count)], room, cancellationToken);

    /// <summary>Ends a session with BYE, and waits for the answer; one that has ended is forgotten.</summary>
    public async Task LeaveAsync(RoomSession session, CancellationToken cancellationToken)
    {
        await session.LeaveAsync(cancellationToken);
        _present.TryRemove(session, out _);
    }

    /// <summary>Ends every session with BYE, and waits for the answers.</summary>
    public Task LeaveAsync(CancellationToken cancellationToken) => ForAllAsync(
        _present.Keys, async (session, cancelled) => await LeaveAsync(session, cancelled), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        _relay?.Dispose();
        await _runtime.DisposeAsync();
    }

    private ImClient CreateClient(string user) => new(new ImClientOptions
    {
        User = user,
        Password = settings.Accounts.PasswordOf(user),
        Domain = settings.Domain,
        Server = settings.Server,
        Transport = settings.Transport,
        Runtime = _runtime,
        MsrpTls = settings.Tls,
    });

    private async Task<JoinedSession> JoinAsync(ImClient client, int room, CancellationToken cancellationToken)
    {
        try
        {
            var session = await client.JoinAsync(settings.Rooms[room], SessionAlone, cancellationToken);
            _present[session] = true;
            var msrp = session.Msrp ?? throw new LoadException($"{client.Address} was thrown out of {settings.Rooms[room]}");
            var joined = new JoinedSession(session, room, settings.Rooms[room], client.Address, msrp.LocalPath, msrp.RemotePath);
            return settings.Tls is null ? joined : joined with { Relay = RelayTo(joined.Server, settings.Tls) };
        }
        catch (ImException failure)
        {
            throw new LoadException($"{client.Address} could not join {settings.Rooms[room]}: {failure.Message}", failure);
        }
    }

    /// <summary>One relay for all, since all have one server.</summary>
    private TlsRelay RelayTo((string Host, int Port) server, MsrpTlsOptions tls)
    {
        lock (_present)
        {
            return _relay ??= new TlsRelay(server.Host, server.Port, tls);
        }
    }

    private static Task ForAllAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, ValueTask> action, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            items, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken }, action);
}
