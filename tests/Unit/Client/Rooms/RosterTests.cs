using OmaIm.Client;
using OmaIm.Client.Rooms;
using OmaIm.Protocols.Conference;
using OmaIm.Protocols.Sip;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Rooms;

public sealed class RosterTests
{
    private static readonly Participant Alice = new("sip:alice@localhost", null, [], IsSelf: true);
    private static readonly Participant Bob = new("sip:bob@localhost", null, [], IsSelf: false);

    private readonly Roster _roster = new(SipUri.Parse("sip:alice@localhost"));

    [Fact]
    public void TheFirstDocumentIsTheWholeRoster()
    {
        var replaced = Assert.IsType<RosterReplaced>(Assert.Single(Apply(Full(1, User("alice"), User("bob", "Bob the great")))));
        Assert.Equal(["sip:alice@localhost", "sip:bob@localhost"], replaced.Participants.Select(participant => participant.Uri));
        Assert.Equal([true, false], replaced.Participants.Select(participant => participant.IsSelf));
        Assert.Equal(["alice", "Bob the great"], _roster.Participants.Select(participant => participant.Name));
    }

    [Fact]
    public void LaterDocumentsAreComingsGoingsAndNicknames()
    {
        Apply(Full(1, User("alice")));
        Assert.Equal(Bob.Uri, Assert.IsType<MemberJoined>(Assert.Single(Apply(Partial(2, User("bob"))))).Participant.Uri);
        var change = Assert.IsType<NicknameChanged>(Assert.Single(Apply(Partial(3, User("bob", "Bob")))));
        Assert.Equal((null, "Bob"), (change.Previous, change.Participant.Nickname));
        Assert.Empty(Apply(Partial(4, User("bob", "Bob"))));
        var left = Assert.IsType<MemberLeft>(Assert.Single(Apply(Partial(5, Gone("bob", DisconnectionMethod.Booted)))));
        Assert.Equal(("Bob", "booted"), (left.Participant.Name, left.Reason));
        Assert.Equal([Alice.Uri], _roster.Participants.Select(participant => participant.Uri));
    }

    [Fact]
    public void WhoIsOnlyInvitedIsNotThereYet()
    {
        Apply(Full(1, User("alice")));
        var ringing = User("bob") with { Endpoints = [Endpoint(EndpointStatus.DialingOut)] };
        Assert.Empty(Apply(Partial(2, ringing)));
        Assert.IsType<MemberJoined>(Assert.Single(Apply(Partial(3, User("bob")))));
    }

    [Fact]
    public void AGapAsksForTheWholeAndChangesNothing()
    {
        Apply(Full(1, User("alice")));
        List<RoomEvent> changes = [];
        Assert.Equal(RosterResult.NeedsFullState, _roster.Apply(Partial(3, User("bob")), changes));
        Assert.Empty(changes);
        Assert.Single(_roster.Participants);
    }

    [Fact]
    public void TheWholeAfterAGapIsToldAsChanges()
    {
        Apply(Full(1, User("alice"), User("bob")));
        _roster.Apply(Partial(3, User("dave")), []);
        Assert.Collection(
            Apply(Full(4, User("alice"), User("carol"))),
            joined => Assert.Equal("sip:carol@localhost", Assert.IsType<MemberJoined>(joined).Participant.Uri),
            left => Assert.Equal(Bob.Uri, Assert.IsType<MemberLeft>(left).Participant.Uri));
    }

    [Fact]
    public void ANewSubscriptionCountsFromItsOwnFirstVersion()
    {
        Apply(Full(77, User("alice"), User("bob")));
        _roster.BeginSubscription();
        Assert.IsType<RosterReplaced>(Assert.Single(Apply(Full(1, User("alice")))));
    }

    [Fact]
    public void AddressesAreComparedInTheirCanonicalForm()
    {
        Apply(Full(1, new ConferenceUser { Entity = "sip:alice@LOCALHOST:5060", Endpoints = [Endpoint(EndpointStatus.Connected)] }));
        Assert.True(Assert.Single(_roster.Participants).IsSelf);
        Assert.Equal(Alice.Uri, _roster.Participants[0].Uri);
    }

    [Fact]
    public void TwoEntitiesOfOneAddressAreOneParticipant()
    {
        var twice = new ConferenceUser { Entity = "sip:bob@LOCALHOST;transport=tcp", Endpoints = [Endpoint(EndpointStatus.Connected)] };
        Apply(Full(1, User("alice"), User("bob"), twice));
        Assert.Equal([Alice.Uri, Bob.Uri], _roster.Participants.Select(participant => participant.Uri));
        Assert.Empty(Apply(Full(2, User("alice"), User("bob"), twice)));
        Assert.Empty(Apply(Partial(3, Gone("bob", DisconnectionMethod.Departed))));
    }

    private List<RoomEvent> Apply(ConferenceInfo document)
    {
        List<RoomEvent> changes = [];
        Assert.Equal(RosterResult.Applied, _roster.Apply(document, changes));
        return changes;
    }

    private static ConferenceInfo Full(uint version, params ConferenceUser[] users) =>
        new() { Entity = "sip:lobby@rooms.localhost", Version = version, State = InfoState.Full, Users = users };

    private static ConferenceInfo Partial(uint version, params ConferenceUser[] users) =>
        new() { Entity = "sip:lobby@rooms.localhost", Version = version, State = InfoState.Partial, Users = users };

    private static ConferenceUser User(string name, string? nickname = null) =>
        new() { Entity = $"sip:{name}@localhost", DisplayText = nickname, Endpoints = [Endpoint(EndpointStatus.Connected)] };

    private static ConferenceUser Gone(string name, DisconnectionMethod method) => new()
    {
        Entity = $"sip:{name}@localhost",
        State = InfoState.Deleted,
        Endpoints = [Endpoint(EndpointStatus.Disconnected) with { DisconnectionMethod = method }],
    };

    private static ConferenceEndpoint Endpoint(EndpointStatus status) => new() { Entity = "sip:x@192.0.2.1", Status = status };
}
