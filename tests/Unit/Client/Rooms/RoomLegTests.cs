using System.Net;
using System.Net.Sockets;
using System.Text;
using OmaIm.Client;
using OmaIm.Client.Rooms;
using OmaIm.Protocols.Sip;
using OmaIm.Tests.Support.Wire;
using OmaIm.Tests.Unit.Stack.Dialogs;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Rooms;

public sealed class RoomLegTests : IAsyncLifetime, IDisposable
{
    private static readonly SipUri Room = SipUri.Parse("sip:lobby@rooms.localhost");
    private static readonly SipUri Alice = SipUri.Parse("sip:alice@localhost");

    private readonly ClientBench _client = new();
    private readonly ImRuntime _runtime = ImRuntime.Start();
    private readonly TcpListener _switch = new(IPAddress.Loopback, 0);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _runtime.DisposeAsync();

    public void Dispose()
    {
        _switch.Dispose();
        _client.Dispose();
    }

    /// <summary>The switch sends as soon as the session is bound, which is before whoever joins hears of it.</summary>
    [Fact]
    [Trait("Section", "RFC 7701 6.2")]
    public void AMessageToAPseudonymIsPrivateFromTheFirstOneOn()
    {
        _switch.Start();
        var path = $"msrp://127.0.0.1:{((IPEndPoint)_switch.LocalEndpoint).Port}/switch;tcp";
        var answer = Encoding.UTF8.GetBytes(SdpText.Msrp(path, "passive"));
        _client.Server.Dialogs.OutOfDialogRequest += transaction =>
            _client.Server.Dialogs.AcceptInvite(transaction, new InviteRecorder(), Room, null, "application/sdp", answer);
        var events = new EventQueue(1, 1000);
        var incoming = new IncomingMessages(Alice, new Roster(Alice), events);
        var leg = new RoomLeg(_runtime, _client.Agent, new JoinOptions(), incoming, (_, _) => { });
        var joining = _client.Do(() => leg.JoinAsync(Room, RoomInvitees.None, CancellationToken.None));
        Assert.False(joining.IsCompleted); // nobody answers at the switch

        Assert.True(incoming.Take(
            "message/cpim", "From: <sip:bob@localhost>\r\nTo: <sip:anonymous-1@rooms.localhost>\r\n\r\nContent-Type: text/plain\r\n\r\npsst"u8.ToArray()));
        Assert.True(events.TryRead(out var said));
        Assert.True(Assert.IsType<MessageReceived>(said).IsPrivate);
    }
}
