using System.Text;
using OmaIm.Protocols.Multipart;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Server.Rooms;
using OmaIm.Tests.Support.Wire;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Rooms;

/// <summary>A room has so many places, for those who are called as for those who come.</summary>
[Trait("Section", "OMA IM 14")]
public sealed class PlaceTests : IDisposable
{
    private const string Den = "sip:den@rooms.localhost";

    private static readonly Caller Carol = new("carol", "sip:carol@localhost");

    private readonly TestServer _server = new(TestServer.Options with
    {
        Rooms = [new RoomOptions { Name = "den", Moderators = ["carol"], MaximumUsers = 2 }],
        RoomLimits = new RoomLimits { AdHocUsers = 2, SessionsPerUser = 1 },
    });

    public void Dispose() => _server.Dispose();

    [Fact]
    public void WhoIsCalledHasAPlace()
    {
        var bob = Registered("bob");
        ScriptedSession.Join(_server.Client("carol"), Den);
        Assert.Equal(RoomRefusal.None, Invite("bob"));
        Assert.Equal(RoomRefusal.RoomFull, Invite("dave"));
        bob.Respond(Invited(bob), 486, []);
        _server.Run();
        Registered("dave");
        Assert.Equal(RoomRefusal.None, Invite("dave"));
    }

    [Fact]
    public void NobodyIsCalledIntoAFullRoomOrForOneSessionTooMany()
    {
        ScriptedSession.Join(_server.Client("carol"), Den);
        ScriptedSession.Join(Registered("bob"), Den);
        Registered("dave");
        Assert.Equal(RoomRefusal.RoomFull, Invite("dave"));
        Assert.Equal(RoomRefusal.TooManySessions, Invite("bob"));
    }

    [Fact]
    public void WhoAcceptsWhenOthersHaveComeIsOneTooMany()
    {
        var bob = Registered("bob");
        ScriptedSession.Join(_server.Client("carol"), Den);
        var told = 0;
        Assert.Equal(RoomRefusal.None, _server.Room("den").Invite(Carol, new Invitee("sip:bob@localhost"), (status, _) => told = status));
        ScriptedSession.Join(_server.Client("alice"), Den);
        var messages = _server.FindMsrp(SdpText.Attribute(Encoding.UTF8.GetString(Invited(bob).Body.Span), "path"))!;
        var late = ScriptedSession.Accept(bob, Invited(bob));
        Assert.True(late.IsEndedByServer);
        Assert.Equal("SIP;cause=486;text=\"Room Full\"", bob.Requests.Last(request => request.Method == SipMethod.Bye).Headers.GetText(SipHeaderId.Reason));
        Assert.Equal((2, 486), (_server.Room("den").UserCount, told));

        // What he has sent by then waits for his path to be known, and would be heard.
        Assert.Empty(messages.RemotePath);
    }

    [Theory]
    [InlineData(200, "sip:bob@localhost")]
    [InlineData(200, "sip:bob@localhost", "sip:alice@localhost", "sip:bob@localhost")] // herself, and one twice
    [InlineData(486, "sip:bob@localhost", "sip:dave@localhost")]
    public void AnAdHocRoomHasAPlaceForWhoMakesIt(int status, params string[] invitees)
    {
        var alice = _server.Client("alice");
        var list = "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list>" + string.Concat(invitees.Select(uri => $"<entry uri=\"{uri}\"/>")) + "</list></resource-lists>";
        var invite = alice.Request(SipMethod.Invite, "sip:conference-factory@localhost", (SipHeaderId.Require, "recipient-list-invite"));
        BodyPart[] parts =
        [
            BodyPart.Create("application/sdp", Encoding.UTF8.GetBytes(ScriptedSession.Offer())),
            BodyPart.Create("application/resource-lists+xml", Encoding.UTF8.GetBytes(list), "recipient-list"),
        ];
        var body = MultipartBody.Write("mixed", parts, out var contentType);
        invite.SetBody(contentType, body);
        Assert.Equal(status, alice.Call(invite).StatusCode);
        Assert.Equal(status == 200 ? 2 : 1, _server.Server.Metrics.Rooms);
    }

    private RoomRefusal Invite(string user)
    {
        var refusal = _server.Room("den").Invite(Carol, new Invitee($"sip:{user}@localhost"), static (_, _) => { });
        _server.Run();
        return refusal;
    }

    private static SipMessage Invited(ScriptedClient client) => client.Requests.Last(request => request.Method == SipMethod.Invite);

    private ScriptedClient Registered(string user)
    {
        var client = _server.Client(user);
        Assert.Equal(200, client.Register().StatusCode);
        return client;
    }
}
