using OmaIm.Protocols.Conference;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Conference;

public sealed class ConferenceRosterTests
{
    private readonly ConferenceRoster _roster = new();

    private static ConferenceUser User(string name, InfoState state = InfoState.Full, string? text = null, params ConferenceEndpoint[] endpoints) =>
        new() { Entity = $"sip:{name}@localhost", State = state, DisplayText = text, Endpoints = endpoints };

    private static ConferenceInfo Info(uint version, InfoState state, params ConferenceUser[] users) =>
        new() { Entity = "sip:lobby@rooms.localhost", Version = version, State = state, UsersState = state, Users = users };

    private string Names => string.Join(' ', _roster.Users.Select(user => user.Entity[4..user.Entity.IndexOf('@', StringComparison.Ordinal)]));

    [Fact]
    public void AFullDocumentBeginsTheRoster()
    {
        Assert.Equal(RosterResult.Applied, _roster.Apply(Info(5, InfoState.Full, User("alice"), User("bob")) with { Subject = "s", DisplayText = "d", MaximumUserCount = 9 }));
        Assert.Equal(("alice bob", 5u, "sip:lobby@rooms.localhost"), (Names, _roster.Version, _roster.Entity));
        Assert.Equal(("s", "d", 9), (_roster.Subject, _roster.DisplayText, _roster.MaximumUserCount));
    }

    [Fact]
    public void PartialDocumentsAddChangeAndRemoveInPlace()
    {
        _roster.Apply(Info(1, InfoState.Full, User("alice"), User("bob"), User("carol")));
        Assert.Equal(RosterResult.Applied, _roster.Apply(Info(2, InfoState.Partial, User("dave"), User("bob", InfoState.Partial, "Bobby"), User("alice", InfoState.Deleted))));
        Assert.Equal("bob carol dave", Names);
        Assert.Equal("Bobby", _roster.Users[0].DisplayText);
    }

    [Fact]
    public void OneWhoLeavesAndComesBackInOneDocumentIsThere()
    {
        _roster.Apply(Info(1, InfoState.Full, User("alice"), User("bob")));
        _roster.Apply(Info(2, InfoState.Partial, User("alice", InfoState.Deleted), User("alice", InfoState.Full, "again")));
        Assert.Equal("bob alice", Names);
        Assert.Equal("again", _roster.Users[1].DisplayText);
    }

    [Fact]
    public void RemovingAStrangerChangesNothing()
    {
        _roster.Apply(Info(1, InfoState.Full, User("alice")));
        Assert.Equal(RosterResult.Applied, _roster.Apply(Info(2, InfoState.Partial, User("eve", InfoState.Deleted))));
        Assert.Equal("alice", Names);
    }

    [Fact]
    public void APartialUserKeepsWhatIsNotMentioned()
    {
        var endpoint = new ConferenceEndpoint { Entity = "e1", Status = EndpointStatus.Pending, JoiningMethod = JoiningMethod.DialedIn, DisplayText = "pc" };
        _roster.Apply(Info(1, InfoState.Full, User("alice", InfoState.Full, "Ali", endpoint) with { Roles = ["r"], IsYourOwn = true }));
        _roster.Apply(Info(2, InfoState.Partial, User("alice", InfoState.Partial, null,
            new ConferenceEndpoint { Entity = "e1", State = InfoState.Partial, Status = EndpointStatus.Connected },
            new ConferenceEndpoint { Entity = "e2", Status = EndpointStatus.Alerting })));

        var alice = Assert.Single(_roster.Users);
        Assert.Equal(("Ali", true), (alice.DisplayText, alice.IsYourOwn));
        Assert.Equal(["r"], alice.Roles);
        Assert.Equal([endpoint with { Status = EndpointStatus.Connected }, new ConferenceEndpoint { Entity = "e2", Status = EndpointStatus.Alerting }], alice.Endpoints);

        _roster.Apply(Info(3, InfoState.Partial, User("alice", InfoState.Partial, null, new ConferenceEndpoint { Entity = "e1", State = InfoState.Deleted })));
        Assert.Equal("e2", Assert.Single(_roster.Users[0].Endpoints).Entity);
    }

    [Fact]
    public void AFullUserReplacesTheWholeUser()
    {
        _roster.Apply(Info(1, InfoState.Full, User("alice", InfoState.Full, "Ali") with { Roles = ["r"] }));
        _roster.Apply(Info(2, InfoState.Partial, User("alice")));
        Assert.Equal((null, 0), (_roster.Users[0].DisplayText, _roster.Users[0].Roles.Count));
    }

    [Fact]
    public void AGapAsksForTheFullStateAndChangesNothing()
    {
        _roster.Apply(Info(1, InfoState.Full, User("alice")));
        Assert.Equal(RosterResult.NeedsFullState, _roster.Apply(Info(3, InfoState.Partial, User("bob"))));
        Assert.Equal(("alice", 1u), (Names, _roster.Version));
        Assert.Equal(RosterResult.Applied, _roster.Apply(Info(2, InfoState.Partial, User("carol"))));
        Assert.Equal("alice carol", Names);
    }

    [Fact]
    public void APartialDocumentCannotBegin() =>
        Assert.Equal(RosterResult.NeedsFullState, _roster.Apply(Info(1, InfoState.Partial, User("alice"))));

    [Fact]
    public void AFullDocumentHealsAGap()
    {
        _roster.Apply(Info(1, InfoState.Full, User("alice")) with { Subject = "old" });
        Assert.Equal(RosterResult.Applied, _roster.Apply(Info(9, InfoState.Full, User("bob"))));
        Assert.Equal(("bob", 9u, null), (Names, _roster.Version, _roster.Subject));
    }

    [Theory]
    [InlineData(4u)]
    [InlineData(5u)]
    public void OldAndRepeatedVersionsAreIgnored(uint version)
    {
        _roster.Apply(Info(5, InfoState.Full, User("alice")));
        Assert.Equal(RosterResult.Ignored, _roster.Apply(Info(version, InfoState.Full, User("bob"))));
        Assert.Equal(RosterResult.Ignored, _roster.Apply(Info(version, InfoState.Deleted)));
        Assert.Equal("alice", Names);
    }

    [Fact]
    public void AfterResetTheFirstDocumentOfTheNewSubscriptionCounts()
    {
        _roster.Apply(Info(5, InfoState.Full, User("alice")));
        _roster.Reset();
        Assert.Equal("alice", Names);
        Assert.Equal(RosterResult.NeedsFullState, _roster.Apply(Info(6, InfoState.Partial)));
        Assert.Equal(RosterResult.Applied, _roster.Apply(Info(0, InfoState.Full, User("bob"))));
        Assert.Equal("bob", Names);
    }

    [Fact]
    public void AFullListOfUsersInAPartialDocumentReplacesTheList()
    {
        _roster.Apply(Info(1, InfoState.Full, User("alice")) with { Subject = "kept" });
        _roster.Apply(Info(2, InfoState.Partial, User("bob")) with { UsersState = InfoState.Full });
        Assert.Equal(("bob", "kept"), (Names, _roster.Subject));
    }

    [Fact]
    public void ADeletedConferenceIsEmpty()
    {
        _roster.Apply(Info(1, InfoState.Full, User("alice")));
        Assert.Equal(RosterResult.Deleted, _roster.Apply(Info(2, InfoState.Deleted)));
        Assert.Empty(_roster.Users);
    }

    [Fact]
    public void ListsThatWereHandedOutStayAsTheyWere()
    {
        _roster.Apply(Info(1, InfoState.Full, User("alice")));
        var before = _roster.Users;
        _roster.Apply(Info(2, InfoState.Partial, User("bob")));
        Assert.Single(before);
    }

    [Fact]
    public void TheRosterHasALimit()
    {
        var many = Enumerable.Range(0, ConferenceInfo.MaximumUsers).Select(i => User("u" + i)).ToArray();
        Assert.Equal(RosterResult.Applied, _roster.Apply(Info(1, InfoState.Full, many)));
        Assert.Equal(RosterResult.NeedsFullState, _roster.Apply(Info(2, InfoState.Partial, User("one more"))));
        Assert.Equal(ConferenceInfo.MaximumUsers, _roster.Users.Count);
    }
}
