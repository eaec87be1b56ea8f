using OmaIm.Appliance.Configuration;
using OmaIm.Appliance.Hosting;
using OmaIm.Client;
using OmaIm.Stack.Transport;
using Xunit;

namespace OmaIm.Tests.EndToEnd;

/// <summary>The life of an ad-hoc room over live sockets: made by the factory, filled by invitation, emptied by expulsion, crash and stop.</summary>
public abstract class AdHocRoomTests(bool directSockets) : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly List<ImClient> _clients = [];
    private ApplianceHost _appliance = null!;

    public async Task InitializeAsync() => _appliance = await ApplianceHost.StartAsync(new ApplianceOptions
    {
        Sip = new SipSettings { Udp = new ListenerSettings { Port = 0 }, Tcp = new ListenerSettings { Port = 0 } },
        Msrp = new MsrpSettings { Port = 0, DirectSockets = directSockets },
        Http = new HttpSettings { Port = 0 },
        Log = new LogSettings { Level = Microsoft.Extensions.Logging.LogLevel.None },
    });

    public async Task DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        await _appliance.DisposeAsync();
    }

    [Theory]
    [InlineData(SipProtocol.Udp)]
    [InlineData(SipProtocol.Tcp)]
    public async Task InvitedUsersTalkAreExpelledAndTheRoomGoesWhenItIsEmpty(SipProtocol protocol)
    {
        var alice = await Register("alice", protocol);
        var bob = await Register("bob", protocol);
        var carol = await Register("carol", protocol);
        var bobsRoom = AcceptInvitation(bob);
        var carolsRoom = AcceptInvitation(carol);

        await using var alices = await alice.CreateRoomAsync([bob.Address, carol.Address]);
        await using var bobs = await bobsRoom.WaitAsync(Patience);
        await using var carols = await carolsRoom.WaitAsync(Patience);
        Assert.Equal(alices.RoomUri, bobs.RoomUri);

        await bobs.SetNicknameAsync("Bobby");
        await alices.SendAsync("hello");
        Assert.Equal("hello", (await Next<MessageReceived>(bobs)).Text);
        Assert.Equal("hello", (await Next<MessageReceived>(carols)).Text);
        await Until(alices, () => alices.Roster.Count == 3 && alices.Roster.Any(participant => participant.Nickname == "Bobby"));

        await Assert.ThrowsAsync<ImException>(() => bobs.ExpelAsync(carol.Address));
        await alices.ExpelAsync(bob.Address);
        await Next<Closed>(bobs);
        await Until(alices, () => alices.Roster.Count == 2);

        await carols.LeaveAsync();
        await Until(alices, () => alices.Roster.Count == 1);
        var uri = alices.RoomUri;
        await alices.LeaveAsync();
        var gone = await Assert.ThrowsAsync<ImException>(() => alice.JoinAsync(uri));
        Assert.Equal(404, gone.StatusCode);
    }

    private async Task<ImClient> Register(string user, SipProtocol protocol)
    {
        var server = protocol == SipProtocol.Udp ? _appliance.SipUdp : _appliance.SipTcp;
        var client = new ImClient(new ImClientOptions { User = user, Password = user + "-secret", Server = server.ToString(), Transport = protocol });
        _clients.Add(client);
        await client.RegisterAsync().WaitAsync(Patience);
        return client;
    }

    private static Task<RoomSession> AcceptInvitation(ImClient client)
    {
        var accepted = new TaskCompletionSource<RoomSession>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.Invited += async invitation =>
        {
            try
            {
                accepted.TrySetResult(await invitation.AcceptAsync());
            }
            catch (Exception exception)
            {
                accepted.TrySetException(exception);
            }
        };
        return accepted.Task;
    }

    private static async Task<T> Next<T>(RoomSession session)
        where T : RoomEvent
    {
        using var timeout = new CancellationTokenSource(Patience);
        await foreach (var happened in session.Events.ReadAllAsync(timeout.Token))
        {
            if (happened is T found)
            {
                return found;
            }
        }

        throw new InvalidOperationException("The session ended without " + typeof(T).Name);
    }

    // What changes the roster is an event: each one is a moment to look again.
    private static async Task Until(RoomSession session, Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await session.Events.ReadAsync(timeout.Token);
        }
    }

    public sealed class OverSockets() : AdHocRoomTests(directSockets: true);

    public sealed class OverPipes() : AdHocRoomTests(directSockets: false);
}
