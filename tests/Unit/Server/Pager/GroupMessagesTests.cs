using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Pager;

/// <summary>A message to a group, OMA IM section 5: the board has the members alice and bob and the moderator carol.</summary>
[Trait("Section", "OMA IM 5")]
public sealed class GroupMessagesTests : IDisposable
{
    private const string Board = "sip:board@rooms.localhost";

    private readonly TestServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public void ItReachesEveryMemberButItsSender()
    {
        var (alice, bob, carol, dave) = (Registered("alice"), Registered("bob"), Registered("carol"), Registered("dave"));
        const string Cpim = "From: <sip:alice@localhost>\r\nTo: <sip:board@rooms.localhost>\r\nNS: imdn <urn:ietf:params:imdn>\r\n" +
            "imdn.Message-ID: m1\r\nimdn.Disposition-Notification: positive-delivery\r\n\r\nContent-Type: text/plain\r\n\r\nhello \u00e9";
        var message = alice.Request(SipMethod.Message, Board);
        message.SetBody("message/cpim", Encoding.UTF8.GetBytes(Cpim));

        Assert.Equal(202, alice.Call(message).StatusCode);

        foreach (var member in new[] { bob, carol })
        {
            var received = Assert.Single(member.Requests);
            Assert.Equal("message/cpim", received.Headers.GetText(SipHeaderId.ContentType));
            Assert.Equal(Cpim, Encoding.UTF8.GetString(received.Body.Span));
            Assert.Equal(("sip:alice@localhost", Board), (received.From!.Uri.ToString(), received.To!.Uri.ToString()));
        }

        Assert.Empty(alice.Requests);
        Assert.Empty(dave.Requests);
    }

    [Theory]
    [InlineData("dave", Board, 403, "127 Service not authorised")]
    [InlineData("alice", "sip:lobby@rooms.localhost", 403, "127 Service not authorised")]
    [InlineData("alice", "sip:nowhere@rooms.localhost", 404, null)]
    public void OnlyMembersSpeakToAGroup(string user, string group, int status, string? warning)
    {
        var sender = _server.Client(user);
        var response = sender.Call(Text(sender, group));
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(warning is null ? null : $"399 localhost \"{warning}\"", response.Headers.GetText(SipHeaderId.Warning));
    }

    [Fact]
    public void NobodyIsThere()
    {
        var alice = Registered("alice");
        var response = alice.Call(Text(alice, Board));
        Assert.Equal(480, response.StatusCode);
        Assert.Contains("sip:bob@localhost 480", response.Headers.GetText(SipHeaderId.Warning)!, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Section", "OMA IM 13")]
    [InlineData(false, 403)]
    [InlineData(true, 202)]
    public void AMemberStaysUnnamedWhereTheGroupAllowsIt(bool isAllowed, int status)
    {
        using var server = new TestServer(TestServer.Options with
        {
            Rooms = [new RoomOptions { Name = "board", Members = ["alice", "bob"], AllowsAnonymity = isAllowed }],
        });
        var bob = server.Client("bob");
        bob.Register();
        var alice = server.Client("alice");
        var message = Text(alice, Board);
        message.Headers.Add(SipHeaderId.Privacy, "id");
        message.Headers.Set(SipHeaderId.From, "<sip:anonymous@anonymous.invalid>;tag=1");

        var response = alice.Call(message);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(isAllowed ? null : "399 localhost \"119 Anonymity not allowed\"", response.Headers.GetText(SipHeaderId.Warning));
        Assert.DoesNotContain(bob.Requests, received => received.ToString().Contains("alice", StringComparison.Ordinal));
    }

    [Fact]
    public void WhomAParticipantOfAPublicRoomInvitesIsNoMemberOfItsGroup()
    {
        using var server = new TestServer(TestServer.Options with { Rooms = [new RoomOptions { Name = "open", Access = RoomAccess.Public, Members = ["alice"] }] });
        var dave = server.Client("dave");
        dave.Register();
        ScriptedSession.Join(dave, "sip:open@rooms.localhost").Refer("<sip:dave@localhost>");
        Assert.Equal(403, dave.Call(Text(dave, "sip:open@rooms.localhost")).StatusCode);
    }

    [Fact]
    public void ATooLongMessageIsRefusedWithTheLimit()
    {
        var alice = _server.Client("alice");
        var message = alice.Request(SipMethod.Message, Board);
        message.SetBody("text/plain", new byte[8_193]);
        Assert.Equal(413, alice.Call(message).StatusCode);
    }

    private static SipMessage Text(ScriptedClient sender, string group)
    {
        var message = sender.Request(SipMethod.Message, group);
        message.SetBody("text/plain", "hello"u8.ToArray());
        return message;
    }

    private ScriptedClient Registered(string user)
    {
        var client = _server.Client(user);
        Assert.Equal(200, client.Register().StatusCode);
        return client;
    }
}
