using OmaIm.Protocols.Conference;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Rooms;

public sealed class RosterNotifierTests : IDisposable
{
    private const string Lobby = "sip:lobby@rooms.localhost";
    private const string Board = "sip:board@rooms.localhost";

    private readonly TestServer _server = new();

    [Fact]
    public void ASubscriberGetsTheFullStateFirstThenPartialOnesWithRisingVersions()
    {
        var bob = ScriptedSession.Join(_server.Client("bob"), Lobby);
        bob.Subscribe();
        var full = Assert.Single(bob.Rosters);
        Assert.Equal(InfoState.Full, full.State);
        Assert.Equal(Lobby, full.Entity);
        Assert.Equal("Welcome", full.Subject);
        Assert.Equal(1_000, full.MaximumUserCount);
        Assert.Equal(1, full.UserCount);
        Assert.Equal("bob", full.Users());

        ScriptedSession.Join(_server.Client("alice"), Lobby);
        _server.Advance(TimeSpan.FromMilliseconds(300));

        var partial = bob.Rosters[1];
        Assert.Equal(InfoState.Partial, partial.State);
        Assert.Equal("alice", partial.Users());
        Assert.Equal(full.Version + 1, partial.Version);
        Assert.Equal(2, partial.UserCount);
    }

    [Fact]
    public void ARefreshGetsTheFullStateAgain()
    {
        var bob = ScriptedSession.Join(_server.Client("bob"), Lobby);
        bob.Subscribe();
        ScriptedSession.Join(_server.Client("alice"), Lobby);
        _server.Advance(TimeSpan.FromMilliseconds(300));

        var first = bob.Client.Requests.First(request => request.Method == SipMethod.Notify);
        var refresh = bob.Request(SipMethod.Subscribe, (SipHeaderId.Event, "conference"), (SipHeaderId.Expires, "3600"));
        refresh.Headers.Set(SipHeaderId.To, first.Headers.GetText(SipHeaderId.From)!);
        Assert.Equal(200, bob.Client.Send(refresh).StatusCode);

        Assert.Equal(InfoState.Full, bob.Rosters[^1].State);
        Assert.Equal("bob alice", bob.Rosters[^1].Users());
        Assert.Equal(bob.Rosters[^2].Version + 1, bob.Rosters[^1].Version);
    }

    [Fact]
    public void TheFirstChangeAfterQuietLeavesAtOnceAndTheNextOnesTogether()
    {
        var bob = ScriptedSession.Join(_server.Client("bob"), Lobby);
        bob.Subscribe();
        _server.Advance(TimeSpan.FromSeconds(1));

        ScriptedSession.Join(_server.Client("alice"), Lobby);
        Assert.Equal("alice", bob.Rosters[^1].Users());

        ScriptedSession.Join(_server.Client("carol"), Lobby);
        var dave = ScriptedSession.Join(_server.Client("dave"), Lobby);
        dave.Send(SipMethod.Bye);
        Assert.Equal(2, bob.Rosters.Count);

        _server.Advance(TimeSpan.FromMilliseconds(300));
        Assert.Equal(3, bob.Rosters.Count);
        Assert.Equal("carol -dave", bob.Rosters[^1].Users());
    }

    [Fact]
    public void HundredsOfJoinsCostAFewDocumentsEach()
    {
        const int Users = 200;
        using var server = new TestServer(TestServer.Options with
        {
            Accounts = [.. Enumerable.Range(0, Users).Select(number => new AccountOptions { User = "user" + number, Password = $"user{number}-secret" })],
        });
        var sessions = new List<ScriptedSession>();
        for (var i = 0; i < Users; i++)
        {
            var session = ScriptedSession.Join(server.Client("user" + i), Lobby);
            session.Subscribe();
            sessions.Add(session);
            server.Advance(TimeSpan.FromMilliseconds(10));
        }

        server.Advance(TimeSpan.FromSeconds(2));

        Assert.All(sessions, session =>
        {
            Assert.InRange(session.Rosters.Count, 1, 12);
            var roster = new ConferenceRoster();
            session.Rosters.ForEach(document => Assert.Equal(RosterResult.Applied, roster.Apply(document)));
            Assert.Equal(Users, roster.Users.Count);
        });
    }

    [Fact]
    public void OverUdpALongRosterComesInSeveralDocuments()
    {
        using var server = new TestServer(TestServer.Options with { RoomLimits = new RoomLimits { UsersPerDatagram = 2 } });
        foreach (var user in new[] { "alice", "bob", "carol" })
        {
            ScriptedSession.Join(server.Client(user), Lobby);
        }

        var dave = ScriptedSession.Join(server.Client("dave", SipProtocol.Udp), Lobby);
        dave.Subscribe();

        Assert.Equal(["alice bob", "carol dave"], dave.Rosters.Select(document => document.Users()));
        var roster = new ConferenceRoster();
        dave.Rosters.ForEach(document => Assert.Equal(RosterResult.Applied, roster.Apply(document)));
        Assert.Equal(4, roster.Users.Count);
    }

    [Fact]
    public void NothingIsSentToASubscriberWhoHasNotAnsweredTheLastNotify()
    {
        var bob = ScriptedSession.Join(_server.Client("bob"), Lobby);
        bob.Client.Answer = _ => 0;
        bob.Subscribe();
        ScriptedSession.Join(_server.Client("alice"), Lobby);
        ScriptedSession.Join(_server.Client("carol"), Lobby);
        _server.Advance(TimeSpan.FromSeconds(2));
        Assert.Single(bob.Rosters);

        bob.Client.Answer = _ => 200;
        bob.Client.Respond(bob.Client.Requests[^1], 200, []);
        _server.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("alice carol", bob.Rosters[^1].Users());
        Assert.Equal(2, bob.Rosters.Count);
    }

    [Fact]
    public void ASubscriberWhoNeverAnswersIsDropped()
    {
        var bob = ScriptedSession.Join(_server.Client("bob"), Lobby);
        bob.Client.Answer = _ => 0;
        bob.Subscribe();

        _server.Advance(TimeSpan.FromSeconds(34));

        Assert.Equal(0, _server.Server.Metrics.Subscriptions);
    }

    [Fact]
    public void AMemberMaySubscribeWithoutBeingInTheRoomAndAnOutsiderOfAPrivateRoomMayNot()
    {
        ScriptedSession.Join(_server.Client("bob"), Board);
        var alice = _server.Client("alice");
        var subscribe = Subscribe(alice, Board);

        Assert.Equal(200, alice.Call(subscribe).StatusCode);
        Assert.Equal("bob", Assert.Single(RosterDocuments.Of(alice, subscribe.CallId!.Value)).Users());

        var dave = _server.Client("dave");
        Assert.Equal(403, dave.Call(Subscribe(dave, Board)).StatusCode);
    }

    [Fact]
    public void S12_ASubscriptionThatIsNotRefreshedEnds()
    {
        var alice = _server.Client("alice");
        var response = alice.Call(Subscribe(alice, Lobby, "60"));
        Assert.Equal("60", response.Headers.GetText(SipHeaderId.Expires));
        Assert.Equal(1, _server.Server.Metrics.Subscriptions);

        _server.Advance(TimeSpan.FromSeconds(100));

        Assert.Equal(0, _server.Server.Metrics.Subscriptions);
        Assert.Equal("terminated", alice.Requests[^1].SubscriptionState!.State);
    }

    [Fact]
    public void Expires0AsksOnce()
    {
        ScriptedSession.Join(_server.Client("bob"), Lobby);
        var alice = _server.Client("alice");

        Assert.Equal(200, alice.Call(Subscribe(alice, Lobby, "0")).StatusCode);

        var notify = Assert.Single(alice.Requests);
        Assert.Equal("terminated", notify.SubscriptionState!.State);
        Assert.True(ConferenceInfo.TryParse(notify.Body, out var document));
        Assert.Equal("bob", document.Users());
        Assert.Equal(0, _server.Server.Metrics.Subscriptions);
    }

    [Fact]
    public void ALongSubscriptionIsShortenedAndAShortOneGets423()
    {
        var alice = _server.Client("alice");

        Assert.Equal("3600", alice.Call(Subscribe(alice, Lobby, "86400")).Headers.GetText(SipHeaderId.Expires));
        var brief = alice.Call(Subscribe(alice, Lobby, "10"));
        Assert.Equal(423, brief.StatusCode);
        Assert.Equal("60", brief.Headers.GetText(SipHeaderId.MinExpires));
    }

    [Fact]
    public void AnotherEventPackageGets489WithAllowEvents()
    {
        var alice = _server.Client("alice");
        var request = Subscribe(alice, Lobby);
        request.Headers.Set(SipHeaderId.Event, "presence");

        var response = alice.Call(request);

        Assert.Equal(489, response.StatusCode);
        Assert.Equal("conference", response.Headers.GetText(SipHeaderId.AllowEvents));
    }

    [Fact]
    public void ASubscriberWhoTakesOtherDocumentsOnlyGets406()
    {
        var alice = _server.Client("alice");
        var request = Subscribe(alice, Lobby);
        request.Headers.Set(SipHeaderId.Accept, "application/pidf+xml");

        Assert.Equal(406, alice.Call(request).StatusCode);
    }

    [Fact]
    public void S12_AUserMayHaveSoManySubscriptionsToARoomAndNoMore()
    {
        using var server = new TestServer(TestServer.Options with { RoomLimits = new RoomLimits { SubscriptionsPerUser = 2 } });
        var alice = server.Client("alice");

        Assert.Equal([200, 200, 486], Enumerable.Range(0, 3).Select(_ => alice.Call(Subscribe(alice, Lobby)).StatusCode));
    }

    [Fact]
    public void ASubscriptionInASessionsDialogEndsWithTheSession()
    {
        var bob = ScriptedSession.Join(_server.Client("bob"), Lobby);
        bob.Subscribe();

        bob.Send(SipMethod.Bye);

        Assert.Equal("terminated", bob.Client.Requests[^1].SubscriptionState!.State);
        Assert.Equal(0, _server.Server.Metrics.Subscriptions);
    }

    public void Dispose() => _server.Dispose();

    private static SipMessage Subscribe(ScriptedClient client, string room, string expires = "3600") => client.Request(
        SipMethod.Subscribe,
        room,
        (SipHeaderId.Event, "conference"),
        (SipHeaderId.Expires, expires),
        (SipHeaderId.Accept, ConferenceInfo.ContentType));
}
