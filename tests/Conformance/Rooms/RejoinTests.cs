using OmaIm.Client;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Rooms;

/// <summary>Our client comes back into a room that is the test's, and is not wanted there any more (RFC 4579 section 5.11).</summary>
public sealed class RejoinTests : IAsyncLifetime, IDisposable
{
    private const string Expelled = "Reason: SIP;cause=410;text=\"Expelled\"\r\n";

    private readonly FakeServer _server = new();
    private readonly WireListener _listener = new();
    private WireUser _connection = null!;
    private RoomSession _room = null!;

    public async Task InitializeAsync()
    {
        var joining = _server.Client.JoinAsync(Lobby.Room);
        _connection = await _server.AcceptAsync();
        await AcceptAsync();
        await using var msrp = await _listener.BindAsync();
        await _connection.RespondAsync(await _connection.IncomingAsync("SUBSCRIBE"), 489, tag: "r1");
        _room = await joining; // and the connection is lost
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _listener.Dispose();

    /// <summary>The stay that is being made has a dialog already, and the BYE comes there.</summary>
    [Fact]
    [Trait("Section", "RFC 4579 5.11")]
    public async Task WhoIsExpelledBeforeHeIsBackDoesNotComeAgain()
    {
        var dialog = await AcceptAsync();
        await using var msrp = await _listener.BindAsync();
        var subscribe = await _connection.IncomingAsync("SUBSCRIBE");
        WireUser.Expect(await dialog.RequestAsync("BYE", Expelled), 200);
        await _connection.RespondAsync(subscribe, 489, tag: "r2");
        await IsClosedAsync();
    }

    /// <summary>A focus closes the connection as well, which the client may hear of first: then the two goodbyes cross.</summary>
    [Fact]
    [Trait("Section", "RFC 4579 5.11")]
    public async Task WhoIsExpelledWhileHeGivesUpDoesNotComeAgain()
    {
        var dialog = await AcceptAsync();
        await using (await _listener.AcceptAsync())
        {
            // Closed before the session is bound.
        }

        var bye = await _connection.IncomingAsync("BYE");
        Assert.Equal(dialog.CallId, bye["Call-ID"]);
        WireUser.Expect(await dialog.RequestAsync("BYE", Expelled), 200);
        await _connection.RespondAsync(bye, 200, "OK");
        await IsClosedAsync();
    }

    private async Task<WireDialog> AcceptAsync() =>
        await _connection.AcceptAsync(await _connection.IncomingAsync("INVITE"), SdpText.Msrp(_listener.Path, "passive"));

    private async Task IsClosedAsync()
    {
        using var patience = new CancellationTokenSource(WireUser.Patience);
        var events = await _room.Events.ReadAllAsync(patience.Token).ToListAsync(patience.Token);
        Assert.Equal(new Closed("Expelled", null), events[^1]);
        Assert.DoesNotContain(events, static happened => happened is Rejoined);
    }
}
