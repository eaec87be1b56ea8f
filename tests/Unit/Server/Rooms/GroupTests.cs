using OmaIm.Protocols.Conference;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Rooms;

/// <summary>Pre-defined groups, OMA IM section 7.3.</summary>
[Trait("Section", "OMA IM 7.3")]
public sealed class GroupTests : IDisposable
{
    private const string Team = "sip:team@rooms.localhost";

    private readonly TestServer _server = new(TestServer.Options with
    {
        Rooms = [new RoomOptions { Name = "team", Access = RoomAccess.Private, Members = ["alice", "bob"], Moderators = ["carol"], InvitesMembers = true }],
        RoomLimits = new RoomLimits { RefusalShown = TimeSpan.FromSeconds(10) },
    });

    public void Dispose() => _server.Dispose();

    [Fact]
    public void WhoComesFirstOpensItAndTheOtherMembersAreInvited()
    {
        var (bob, carol) = (Registered("bob"), Registered("carol"));
        ScriptedSession.Join(_server.Client("alice"), Team);

        foreach (var member in new[] { bob, carol })
        {
            var invite = Assert.Single(member.Requests);
            Assert.Equal((SipMethod.Invite, Team), (invite.Method, invite.From!.Uri.ToString()));
            Assert.Equal("sip:alice@localhost", invite.ReferredBy!.Uri.ToString());
        }

        ScriptedSession.Accept(bob, bob.Requests[0]);
        Assert.Equal(2, _server.Room("team").UserCount);
    }

    [Fact]
    public void WhoComesToARunningGroupJustJoins()
    {
        var bob = Registered("bob");
        ScriptedSession.Join(_server.Client("alice"), Team);
        bob.Respond(Assert.Single(bob.Requests), 486, []);
        _server.Run();

        ScriptedSession.Join(_server.Client("carol"), Team);

        Assert.Single(bob.Requests, request => request.Method == SipMethod.Invite);
    }

    [Fact]
    public void WhenItIsOpenedAgainTheMembersAreInvitedAgain()
    {
        var bob = Registered("bob");
        var alice = ScriptedSession.Join(_server.Client("alice"), Team);
        bob.Respond(bob.Requests[0], 486, []);
        _server.Run();
        alice.Send(SipMethod.Bye);
        ScriptedSession.Join(_server.Client("alice"), Team);
        Assert.Equal(2, bob.Requests.Count(request => request.Method == SipMethod.Invite));
    }

    // The creator subscribes after the 200: by then those who are not there have been found out already.
    [Fact]
    [Trait("Section", "RFC 4575 5.7")]
    public void TheRosterSaysWhoDidNotComeAndWhy()
    {
        var bob = Registered("bob");
        var alice = ScriptedSession.Join(_server.Client("alice"), Team);
        bob.Respond(bob.Requests[0], 486, []);
        _server.Run();
        alice.Subscribe();
        _server.Run();

        var roster = alice.Rosters[0];
        Assert.Equal(1, roster.UserCount);
        Assert.Equal(
            ["sip:bob@localhost Busy SIP;cause=486;text=\"Busy Here\"", "sip:carol@localhost Failed SIP;cause=480;text=\"Temporarily Unavailable\""],
            roster.Users.Select(user => (user, endpoint: user.Endpoints.Single()))
                .Where(shown => shown.endpoint.Status == EndpointStatus.Disconnected)
                .Select(shown => $"{shown.user.Entity} {shown.endpoint.DisconnectionMethod} {shown.endpoint.DisconnectionReason}")
                .Order(StringComparer.Ordinal));

        _server.Advance(TimeSpan.FromSeconds(11));
        Assert.Contains(alice.Rosters, document => document.Users().Contains("-bob", StringComparison.Ordinal));
    }

    [Fact]
    public void WhoComesAfterAllIsShownAsOneWhoIsThere()
    {
        var bob = Registered("bob");
        var alice = ScriptedSession.Join(_server.Client("alice"), Team);
        alice.Subscribe();
        bob.Respond(bob.Requests[0], 486, []);
        _server.Run();
        ScriptedSession.Join(bob, Team);
        _server.Advance(TimeSpan.FromSeconds(11));
        var last = alice.Rosters.SelectMany(document => document.Users).Last(user => user.Entity == "sip:bob@localhost");
        Assert.Equal(EndpointStatus.Connected, Assert.Single(last.Endpoints).Status);
    }

    [Fact]
    public void WhereMembersMayNotOpenItOnlyAModeratorDoes()
    {
        using var server = new TestServer(TestServer.Options with
        {
            Rooms = [new RoomOptions { Name = "team", Members = ["alice"], Moderators = ["carol"], MembersMayOpen = false }],
        });
        var alice = server.Client("alice");
        var refused = alice.Call(ScriptedSession.Invite(alice, Team, ScriptedSession.Offer()));
        Assert.Equal((403, "399 localhost \"122 Function not allowed\""), (refused.StatusCode, refused.Headers.GetText(SipHeaderId.Warning)));

        ScriptedSession.Join(server.Client("carol"), Team);
        ScriptedSession.Join(alice, Team);
        Assert.Equal(2, server.Room("team").UserCount);
    }

    [Theory]
    [Trait("Section", "OMA IM 14")]
    [InlineData("dave", 403, "127 Service not authorised")]
    [InlineData("bob", 486, "Maximum number of participants reached")]
    public void ARefusalSaysWhyInOmasWords(string user, int status, string warning)
    {
        using var server = new TestServer(TestServer.Options with
        {
            Rooms = [new RoomOptions { Name = "team", Access = RoomAccess.Private, Members = ["alice", "bob"], MaximumUsers = 1 }],
        });
        ScriptedSession.Join(server.Client("alice"), Team);
        var client = server.Client(user);
        var refused = client.Call(ScriptedSession.Invite(client, Team, ScriptedSession.Offer()));
        Assert.Equal((status, $"399 localhost \"{warning}\""), (refused.StatusCode, refused.Headers.GetText(SipHeaderId.Warning)));
    }

    private ScriptedClient Registered(string user)
    {
        var client = _server.Client(user);
        Assert.Equal(200, client.Register().StatusCode);
        return client;
    }
}
