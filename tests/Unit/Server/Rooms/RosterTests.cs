using OmaIm.Protocols.Conference;
using OmaIm.Server.Rooms;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Rooms;

public sealed class RosterTests
{
    private readonly Roster _roster = new();

    [Fact]
    public void WhoKnowsNothingIsToldAllButThoseWhoLeft()
    {
        Enter("alice", "bob", "carol");
        Leave("bob");

        Assert.Equal(["alice", "carol"], Read(0));
    }

    [Fact]
    public void WhoKnowsSomethingIsToldWhatCameAfterIt()
    {
        Enter("alice", "bob");
        var known = _roster.LatestChange;
        Enter("carol");
        Leave("alice");

        Assert.Equal(["carol", "-alice"], Read(known));
        Assert.Empty(Read(_roster.LatestChange));
    }

    [Fact]
    public void AUserWhoChangedTwiceIsToldOnceAsHeIsNow()
    {
        Enter("alice");
        var known = _roster.LatestChange;
        Leave("alice");
        Enter("alice");

        Assert.Equal(["alice"], Read(known));
    }

    [Fact]
    public void ALongListIsCutAndGoesOnWhereItWasCut()
    {
        Enter("a", "b", "c", "d", "e");

        Assert.Equal(["a", "b"], Read(0, 2, out var known));
        Assert.Equal(["c", "d"], Read(known, 2, out known));
        Assert.Equal(["e"], Read(known, 2, out known));
        Assert.Equal(_roster.LatestChange, known);
    }

    [Fact]
    public void WhoLeftIsForgottenOnceEverybodyKnowsIt()
    {
        Enter("alice", "bob");
        Leave("bob");

        _roster.Forget(_roster.LatestChange - 1);
        Assert.Equal(2, _roster.Count);

        _roster.Forget(_roster.LatestChange);
        Assert.Equal(1, _roster.Count);
    }

    private void Enter(params string[] users)
    {
        foreach (var user in users)
        {
            _roster.Set(new ConferenceUser { Entity = user });
        }
    }

    private void Leave(string user) => _roster.Set(new ConferenceUser { Entity = user, State = InfoState.Deleted });

    private List<string> Read(long since) => Read(since, int.MaxValue, out _);

    private List<string> Read(long since, int maximum, out long known) =>
        [.. _roster.Read(since, maximum, out known).Select(user => user.State == InfoState.Deleted ? "-" + user.Entity : user.Entity)];
}
