using System.Net;
using System.Net.Sockets;
using System.Text;
using OmaIm.Client;
using OmaIm.Client.Rooms;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support.Wire;
using OmaIm.Tests.Unit.Stack.Dialogs;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Rooms;

public sealed class RoomLegTests : IAsyncLifetime, IDisposable
{
    private static readonly SipUri Room = SipUri.Parse("sip:lobby@rooms.localhost");
    private static readonly SipUri Alice = SipUri.Parse("sip:alice@localhost");

    private readonly ClientBench _client = new(protocol: SipProtocol.Tcp);
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
        var (leg, incoming, events) = Leg();
        var joining = _client.Do(() => leg.JoinAsync(Room, RoomInvitees.None, CancellationToken.None));
        Assert.False(joining.IsCompleted); // nobody answers at the switch

        Assert.True(incoming.Take(
            "message/cpim", "From: <sip:bob@localhost>\r\nTo: <sip:anonymous-1@rooms.localhost>\r\n\r\nContent-Type: text/plain\r\n\r\npsst"u8.ToArray()));
        Assert.True(events.TryRead(out var said));
        Assert.True(Assert.IsType<MessageReceived>(said).IsPrivate);
    }

    /// <summary>The ACK could not come any more, and would be waited for for 32 s.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhoIsInvitedOverAConnectionThatIsLostHearsSoAtOnce(bool isLostBefore)
    {
        _client.ServerFlow.Loses = message => message.Method == SipMethod.Ack;
        await _client.Do(() => _client.Agent.ConnectAsync(CancellationToken.None));
        var invite = Invited();
        if (isLostBefore)
        {
            _client.ClientFlow.Close("lost");
        }

        var (leg, _, _) = Leg();
        var accepting = _client.Do(() => leg.AcceptAsync(invite, Room, CancellationToken.None));
        Assert.Equal(isLostBefore, accepting.IsCompleted);
        _client.ClientFlow.Close("lost");
        _client.Do(() => leg.LoseFlow("lost"));
        Assert.True(accepting.IsCompleted);
        Assert.Equal(ImFailure.Unreachable, (await Assert.ThrowsAsync<ImException>(() => accepting)).Failure);
    }

    private (RoomLeg Leg, IncomingMessages Incoming, EventQueue Events) Leg()
    {
        var events = new EventQueue(1, 1000);
        var incoming = new IncomingMessages(Alice, new Roster(Alice), events);
        return (new RoomLeg(_runtime, _client.Agent, new JoinOptions(), incoming, (_, _) => { }), incoming, events);
    }

    /// <summary>An INVITE of the focus, as it came to the client.</summary>
    private ServerTransaction Invited()
    {
        var invite = SipMessage.CreateRequest(SipMethod.Invite, _client.Agent.ContactOn(_client.ClientFlow));
        invite.Headers.Set(SipHeaderId.From, $"<{Room}>;tag=1");
        invite.Headers.Set(SipHeaderId.To, $"<{Alice}>");
        invite.Headers.Set(SipHeaderId.CallId, "invited");
        invite.Headers.Set(SipHeaderId.CSeq, "1 INVITE");
        invite.Headers.Set(SipHeaderId.MaxForwards, "70");
        invite.Headers.Set(SipHeaderId.Contact, $"<{Room}>;isfocus");
        invite.SetBody("application/sdp", Encoding.UTF8.GetBytes(SdpText.Msrp("msrp://127.0.0.1:9/switch;tcp", "passive")));
        _client.Server.Loop.Post(() => _client.Server.Dialogs.Invite(invite, _client.ServerFlow, new InviteRecorder()));
        _client.Settle();
        return _client.Invites[^1];
    }
}
