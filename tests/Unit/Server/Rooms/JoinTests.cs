using OmaIm.Protocols.Sdp;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Rooms;

public sealed class JoinTests : IDisposable
{
    private const string Lobby = "sip:lobby@rooms.localhost";
    private const string Board = "sip:board@rooms.localhost";

    private readonly TestServer _server = new();

    [Theory]
    [InlineData("active")]
    [InlineData("actpass")]
    public void Contract20_TheAnswerSaysWhatARoomIsAndWhereItListens(string setup)
    {
        var alice = _server.Client("alice");

        var session = ScriptedSession.Join(alice, Lobby, ScriptedSession.Offer(setup));

        Assert.Contains("a=accept-types:message/cpim\r\n", session.Description, StringComparison.Ordinal);
        Assert.Contains("a=accept-wrapped-types:*\r\n", session.Description, StringComparison.Ordinal);
        Assert.Contains("a=chatroom:nickname private-messages\r\n", session.Description, StringComparison.Ordinal);
        Assert.Contains("a=setup:passive\r\n", session.Description, StringComparison.Ordinal);
        Assert.Contains("c=IN IP4 127.0.0.1\r\n", session.Description, StringComparison.Ordinal);
        Assert.Contains("m=message 2855 TCP/MSRP *\r\n", session.Description, StringComparison.Ordinal);
        Assert.Matches("a=path:msrp://127\\.0\\.0\\.1:2855/[a-z0-9]{26,};tcp\r\n", session.Description);
    }

    [Fact]
    public void Contract20_AnOfferWithoutSetupIsAnsweredPassive()
    {
        var offer = ScriptedSession.Offer().Replace("a=setup:active\r\n", "", StringComparison.Ordinal);

        var session = ScriptedSession.Join(_server.Client("alice"), Lobby, offer);

        Assert.Contains("a=setup:passive\r\n", session.Description, StringComparison.Ordinal);
    }

    // RFC 5547 section 8.3: a room has nobody who could take the file, so its stream is rejected, beside the chat or alone.
    [Fact]
    [Trait("Section", "RFC 5547 8.3")]
    public void AFileIsNoMatterForARoomItself()
    {
        const string File = "m=message 9 TCP/MSRP *\r\na=sendonly\r\na=accept-types:message/cpim\r\na=accept-wrapped-types:*\r\na=setup:active\r\n" +
            "a=path:msrp://127.0.0.1:9/file4711;tcp\r\na=file-selector:name:\"cat.jpg\" type:image/jpeg size:4092\r\na=file-transfer-id:abc\r\n";
        var offer = ScriptedSession.Offer();
        var session = ScriptedSession.Join(_server.Client("alice"), Lobby, offer + File);
        Assert.Matches("m=message 2855 TCP/MSRP \\*\r\n(a=.*\r\n)+m=message 0 TCP/MSRP \\*\r\n", session.Description);

        var alone = Invite(_server.Client("bob"), Lobby, offer[..offer.IndexOf("m=", StringComparison.Ordinal)] + File);
        Assert.Equal(488, alone.StatusCode);
        Assert.True(alone.Headers.Contains(SipHeaderId.Warning));
    }

    [Fact]
    public void TheContactOfARoomIsItsAddressAndAFocus()
    {
        var alice = _server.Client("alice");

        var response = alice.Call(ScriptedSession.Invite(alice, Lobby, ScriptedSession.Offer()));

        Assert.Equal(Lobby, response.Contact!.Uri.ToString());
        Assert.True(response.Contact.Parameters.Contains("isfocus"));
        Assert.True(response.Contact.Parameters.Contains("+g.oma.sip-im"));
        Assert.True(response.Allow!.Contains("REFER"));
    }

    [Fact]
    public void APrivateRoomLetsMembersAndModeratorsInAndNobodyElse()
    {
        foreach (var user in new[] { "alice", "bob", "carol" })
        {
            ScriptedSession.Join(_server.Client(user), Board);
        }

        Assert.Equal(403, Invite(_server.Client("dave"), Board, ScriptedSession.Offer()).StatusCode);
        Assert.Equal(3, _server.Room("board").UserCount);
    }

    [Fact]
    public void AFullRoomAnswers486ButLetsAUserWhoIsInComeWithAnotherDevice()
    {
        using var server = new TestServer(TestServer.Options with { Rooms = [new RoomOptions { Name = "lobby", MaximumUsers = 1 }] });
        ScriptedSession.Join(server.Client("alice"), Lobby);

        Assert.Equal(486, Invite(server.Client("bob"), Lobby, ScriptedSession.Offer()).StatusCode);
        ScriptedSession.Join(server.Client("alice"), Lobby);
        Assert.Equal(1, server.Room("lobby").UserCount);
    }

    [Fact]
    public void AUserMayHaveSoManySessionsInARoomAndNoMore()
    {
        using var server = new TestServer(TestServer.Options with { RoomLimits = new RoomLimits { SessionsPerUser = 2 } });
        ScriptedSession.Join(server.Client("alice"), Lobby);
        ScriptedSession.Join(server.Client("alice"), Lobby);

        Assert.Equal(486, Invite(server.Client("alice"), Lobby, ScriptedSession.Offer()).StatusCode);
    }

    public static TheoryData<string, string, int> BadOffers { get; } = new()
    {
        { "no cpim", ScriptedSession.Offer(acceptTypes: "text/plain"), 488 },
        { "TLS", ScriptedSession.Offer(protocol: "TCP/TLS/MSRP", path: "msrps://127.0.0.1:9/s;tcp"), 488 },
        { "no MSRP", "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n", 488 },
        { "no path", ScriptedSession.Offer().Replace("a=path:", "a=pfad:", StringComparison.Ordinal), 488 },
        { "no SDP", "hello\r\n", 400 },
        { "S21 passive on another host", ScriptedSession.Offer("passive", "msrp://169.254.169.254:80/s;tcp"), 488 },
    };

    [Theory]
    [MemberData(nameof(BadOffers))]
    public void AnOfferThatARoomCannotTakeIsRefusedAndLeavesNothingBehind(string what, string offer, int status)
    {
        var response = Invite(_server.Client("alice"), Lobby, offer);

        Assert.True(response.StatusCode == status, $"{what}: {response.StatusCode}");
        Assert.Equal(status == 488, response.Headers.Contains(SipHeaderId.Warning));
        Assert.Equal(0, _server.Room("lobby").UserCount);
        Assert.Equal(0, _server.Server.Rooms.Services.Sessions.Open);
    }

    [Theory]
    [InlineData("text/plain", null)]
    [InlineData("application/sdp", "gzip")]
    [Trait("Section", "RFC 3261 8.2.3")]
    public void ABodyThatIsNoDescriptionGets415WithWhatIsTaken(string type, string? coding)
    {
        var alice = _server.Client("alice");
        var invite = alice.Request(SipMethod.Invite, Lobby);
        invite.SetBody(type, "hello"u8.ToArray());
        if (coding is not null)
        {
            invite.Headers.Set(SipHeaderId.ContentEncoding, coding);
        }

        var response = alice.Call(invite);

        Assert.Equal(415, response.StatusCode);
        Assert.Equal("application/sdp", response.Headers.GetText(SipHeaderId.Accept));
        Assert.Equal("identity", response.Headers.GetText(SipHeaderId.AcceptEncoding));
    }

    [Fact]
    public void AnInviteWithoutOfferIsAnsweredByOneAndTheAckBringsTheAnswer()
    {
        var alice = _server.Client("alice");
        var invite = ScriptedSession.Invite(alice, Lobby, offer: null);
        var response = alice.Call(invite);
        Assert.True(SessionDescription.TryParse(response.Body.Span, out var offer));
        Assert.True(MsrpOfferAnswer.TryReadAnswer(offer, out var media));
        Assert.Equal(SetupRole.ActPass, media.Setup);

        var session = ScriptedSession.Established(alice, invite, response, answer: ScriptedSession.Offer());

        Assert.False(session.IsEndedByServer);
        Assert.Equal("msrp://127.0.0.1:9/client4711;tcp", Assert.Single(_server.Room("lobby").Sessions).Media.Member.Session.RemotePath);
    }

    [Fact]
    public void AnAckWithoutTheAnswerEndsTheSession()
    {
        var alice = _server.Client("alice");
        var invite = ScriptedSession.Invite(alice, Lobby, offer: null);

        var session = ScriptedSession.Established(alice, invite, alice.Call(invite));

        Assert.True(session.IsEndedByServer);
        Assert.Equal(0, _server.Room("lobby").UserCount);
    }

    [Fact]
    public void TheSwitchLearnsWhoIsWhoAndWhatHeTakes()
    {
        ScriptedSession.Join(_server.Client("alice"), Lobby);
        ScriptedSession.Join(
            _server.Client("bob"),
            Lobby,
            ScriptedSession.Offer(chatroom: "a=chatroom:nickname\r\n").Replace("wrapped-types:*", "wrapped-types:text/plain", StringComparison.Ordinal));

        var members = _server.Room("lobby").Sessions.Select(session => session.Media.Member.Options).ToList();

        Assert.Equal(["sip:alice@localhost", "sip:bob@localhost"], members.Select(member => member.Aor));
        Assert.Equal([true, false], members.Select(member => member.PrivateMessages));
        Assert.Null(members[0].AcceptWrappedTypes);
        Assert.Equal(["message/cpim", "text/plain"], members[1].AcceptWrappedTypes);
    }

    public void Dispose() => _server.Dispose();

    private static SipMessage Invite(ScriptedClient client, string room, string offer) => client.Call(ScriptedSession.Invite(client, room, offer));
}
