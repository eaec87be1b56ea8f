using OmaIm.Protocols.Conference;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Server.Rooms;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Rooms;

/// <summary>Joining without a name, OMA IM section 13.</summary>
[Trait("Section", "OMA IM 13")]
public sealed class AnonymityTests : IDisposable
{
    private const string Masks = "sip:masks@rooms.localhost";

    private readonly TestServer _server = new(TestServer.Options with
    {
        Rooms = [new RoomOptions { Name = "masks", Moderators = ["carol"], AllowsAnonymity = true }, new RoomOptions { Name = "lobby" }],
    });

    public void Dispose() => _server.Dispose();

    [Fact]
    public void TheRosterShowsAPseudonymAndNowhereTheName()
    {
        var carol = ScriptedSession.Join(_server.Client("carol"), Masks);
        carol.Subscribe();
        JoinUnnamed("alice");
        JoinUnnamed("alice");
        JoinUnnamed("bob");
        _server.Advance(TimeSpan.FromSeconds(1));

        var users = carol.Rosters.SelectMany(document => document.Users).ToLookup(user => user.Entity, StringComparer.Ordinal);
        Assert.Equal(
            ["sip:anonymous1@anonymous.invalid", "sip:anonymous2@anonymous.invalid", "sip:carol@localhost"],
            users.Select(user => user.Key).Order(StringComparer.Ordinal));
        var alice = users["sip:anonymous1@anonymous.invalid"].Last();
        Assert.Equal("Anonymous 1", alice.DisplayText);
        Assert.Equal(2, alice.Endpoints.Count);
        Assert.DoesNotContain(carol.Client.Requests, request => request.ToString().Contains("alice", StringComparison.Ordinal));
        Assert.Equal(3, _server.Room("masks").UserCount);
    }

    [Fact]
    public void WhatHeSaysCarriesThePseudonym()
    {
        JoinUnnamed("alice");
        var member = Assert.Single(_server.Room("masks").Sessions).Media.Member;
        Assert.Equal(("sip:alice@localhost", "sip:anonymous1@anonymous.invalid"), (member.Aor, member.Shown));
    }

    [Fact]
    public void HisNumberIsNotGivenToAnother()
    {
        var first = JoinUnnamed("alice");
        first.Send(SipMethod.Bye);
        JoinUnnamed("bob");
        Assert.Equal("sip:anonymous2@anonymous.invalid", Assert.Single(_server.Room("masks").Sessions).Shown);
    }

    [Fact]
    public void AModeratorExpelsHimByHisPseudonym()
    {
        var carol = ScriptedSession.Join(_server.Client("carol"), Masks);
        var alice = JoinUnnamed("alice");
        Assert.Equal(202, carol.Refer("<sip:anonymous1@anonymous.invalid;method=BYE>").StatusCode);
        Assert.True(alice.IsEndedByServer);
    }

    [Fact]
    public void WhomHeInvitesDoesNotLearnHisName()
    {
        var bob = _server.Client("bob");
        bob.Register();
        var alice = JoinUnnamed("alice");
        Assert.Equal(202, alice.Refer("<sip:bob@localhost>", (SipHeaderId.ReferSub, "false")).StatusCode);
        Assert.Equal("sip:anonymous1@anonymous.invalid", Assert.Single(bob.Requests).ReferredBy!.Uri.ToString());
        Assert.DoesNotContain("alice", bob.Requests[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhoAcceptsAnInvitationWithoutHisNameIsShownByHisPseudonym()
    {
        var bob = _server.Client("bob");
        bob.Register();
        var carol = ScriptedSession.Join(_server.Client("carol"), Masks);
        carol.Subscribe();
        carol.Refer("<sip:bob@localhost>");
        ScriptedSession.Accept(bob, bob.Requests[0], null, (SipHeaderId.Privacy, "id"));
        _server.Advance(TimeSpan.FromSeconds(1));

        var session = Assert.Single(_server.Room("masks").Sessions, session => session.User.User == "bob");
        Assert.Equal("sip:anonymous1@anonymous.invalid", session.Media.Member.Shown);
        var connected = carol.Rosters.SelectMany(document => document.Users)
            .Where(user => user.Endpoints.Any(endpoint => endpoint.Status == EndpointStatus.Connected)).Select(user => user.Entity).Distinct();
        Assert.Equal(["sip:anonymous1@anonymous.invalid", "sip:carol@localhost"], connected.Order(StringComparer.Ordinal));
    }

    [Fact]
    [Trait("Section", "OMA IM 14")]
    public void WhoAcceptsWithoutHisNameWhereThatIsNotAllowedDoesNotGetIn()
    {
        var bob = _server.Client("bob");
        bob.Register();
        ScriptedSession.Join(_server.Client("alice"), "sip:lobby@rooms.localhost").Refer("<sip:bob@localhost>");
        var session = ScriptedSession.Accept(bob, bob.Requests[0], null, (SipHeaderId.Privacy, "id"));
        Assert.True(session.IsEndedByServer);
        Assert.False(_server.Room("lobby").IsParticipant("sip:bob@localhost"));
    }

    [Theory]
    [Trait("Section", "OMA IM 14")]
    [InlineData("sip:lobby@rooms.localhost")]
    [InlineData("sip:conference-factory@localhost")]
    public void WhereThatIsNotAllowedHeIsToldSo(string room)
    {
        var alice = _server.Client("alice");
        var refused = alice.Call(ScriptedSession.Invite(alice, room, ScriptedSession.Offer(), (SipHeaderId.Privacy, "id")));
        Assert.Equal((403, "399 localhost \"119 Anonymity not allowed\""), (refused.StatusCode, refused.Headers.GetText(SipHeaderId.Warning)));
        Assert.Equal(2, _server.Server.Metrics.Rooms);
    }

    [Theory]
    [InlineData("sip:anonymous12@anonymous.invalid", "Anonymous 12")]
    [InlineData("sip:alice@localhost", null)]
    public void APseudonymHasAName(string shown, string? name) => Assert.Equal(name, Pseudonyms.NameOf(shown));

    private ScriptedSession JoinUnnamed(string user)
    {
        var client = _server.Client(user);
        var invite = ScriptedSession.Invite(client, Masks, ScriptedSession.Offer(), (SipHeaderId.Privacy, "id"));
        invite.Headers.Set(SipHeaderId.From, $"\"Anonymous\" <{Anonymity.Aor}>;tag={user}{_server.Room("masks").Sessions.Count()}");
        var response = client.Call(invite);
        Assert.Equal(200, response.StatusCode);
        return ScriptedSession.Established(client, invite, response);
    }
}
