using System.Collections.Concurrent;
using OmaIm.Client;
using OmaIm.Load.Wire;
using OmaIm.Stack.Msrp;

namespace OmaIm.Load.Joining;

/// <summary>Makes dialogs by SIP, many at a time, through the client library; one client for each account, all on one runtime.</summary>
internal abstract class Joiner : IAsyncDisposable
{
    /// <summary>Dialogs that are being made or ended at a time: enough to keep a server busy, few enough for its queues.</summary>
    private const int AtATime = 64;

    private readonly ImRuntime _runtime = ImRuntime.Start();
    private readonly ConcurrentDictionary<JoinedDialog, bool> _present = [];
    private TlsRelay? _relay;

    protected Joiner(JoinSettings settings)
    {
        Settings = settings;
        Clients = [.. settings.Accounts.Users.Select(CreateClient)];
    }

    protected JoinSettings Settings { get; }

    protected IReadOnlyList<ImClient> Clients { get; }

    /// <summary>Makes all dialogs; sessions come in the order of rooms, then members.</summary>
    /// <param name="joined">Called after each, on any thread.</param>
    /// <exception cref="LoadException">One could not be made.</exception>
    public abstract Task<IReadOnlyList<JoinedSession>> JoinAsync(Action joined, CancellationToken cancellationToken);

    /// <summary>Ends a dialog with BYE, and waits for the answer; one that has ended is forgotten.</summary>
    public async Task LeaveAsync(JoinedDialog dialog, CancellationToken cancellationToken)
    {
        await dialog.LeaveAsync(cancellationToken);
        _present.TryRemove(dialog, out _);
    }

    /// <summary>Ends every dialog with BYE, and waits for the answers.</summary>
    public Task LeaveAsync(CancellationToken cancellationToken) => ForAllAsync(
        _present.Keys, async (dialog, cancelled) => await LeaveAsync(dialog, cancelled), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        foreach (var client in Clients)
        {
            await client.DisposeAsync();
        }

        _relay?.Dispose();
        await _runtime.DisposeAsync();
    }

    /// <summary>Notes a dialog that stands.</summary>
    /// <param name="msrp">This side's end of it; null where it has ended already.</param>
    /// <exception cref="LoadException">It has ended already.</exception>
    protected JoinedSession Enter(JoinedDialog dialog, int room, ImClient client, MsrpSession? msrp)
    {
        _present[dialog] = true;
        if (msrp is null)
        {
            throw new LoadException($"{client.Address} was thrown out of {Settings.Rooms[room]}");
        }

        var joined = new JoinedSession(dialog, room, Settings.Rooms[room], client.Address, msrp.LocalPath, msrp.RemotePath);
        return Settings.Tls is null ? joined : joined with { Relay = RelayTo(joined.Server, Settings.Tls) };
    }

    protected static Task ForAllAsync<T>(IEnumerable<T> items, Func<T, CancellationToken, ValueTask> action, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            items, new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken }, action);

    private ImClient CreateClient(string user) => new(new ImClientOptions
    {
        User = user,
        Password = Settings.Accounts.PasswordOf(user),
        Domain = Settings.Domain,
        Server = Settings.Server,
        Transport = Settings.Transport,
        Runtime = _runtime,
        MsrpTls = Settings.Tls,
        MaximumMessageSize = int.MaxValue,
    });

    /// <summary>One relay for all, since all have one server.</summary>
    private TlsRelay RelayTo((string Host, int Port) server, MsrpTlsOptions tls)
    {
        lock (_present)
        {
            return _relay ??= new TlsRelay(server.Host, server.Port, tls);
        }
    }
}
