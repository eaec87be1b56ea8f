using OmaIm.Client;
using OmaIm.Client.Rooms;
using OmaIm.Protocols.Conference;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Transactions;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Rooms;

public sealed class RosterSubscriptionTests : IDisposable
{
    private static readonly SipUri Room = SipUri.Parse("sip:lobby@rooms.localhost");

    private readonly ClientBench _bench = new();
    private readonly Focus _focus;
    private readonly Roster _roster = new(SipUri.Parse("sip:alice@localhost"));
    private readonly List<RoomEvent> _events = [];
    private readonly RosterSubscription _subscription;

    public RosterSubscriptionTests()
    {
        _focus = new Focus(_bench.Server.Dialogs);
        _subscription = new RosterSubscription(_bench.Agent, _bench.Loop, Room, _roster, _events.Add);
        _bench.Do(() => _bench.Agent.ConnectAsync(CancellationToken.None));
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void SubscribingAnswersTheChallengeAndFillsTheRoster()
    {
        _focus.Challenges = true;
        Start();
        Assert.Equal(2, _focus.Received.Count);
        var subscribe = _focus.Received[1];
        Assert.Equal("conference", subscribe.Event!.Package);
        Assert.Equal(Room.ToString(), subscribe.RequestUri.ToString());
        Assert.True(subscribe.Accept!.Contains(ConferenceInfo.ContentType));
        Notify(InfoState.Full, 1, "alice", "bob");
        Assert.True(_subscription.Ready.IsCompletedSuccessfully);
        Assert.Equal(2, _roster.Participants.Count);
        Assert.IsType<RosterReplaced>(Assert.Single(_events));
    }

    [Fact]
    public void AGapInTheVersionsAsksForTheWhole()
    {
        Start();
        Notify(InfoState.Full, 1, "alice");
        Notify(InfoState.Partial, 3, "bob");
        Assert.Equal(1, _focus.Refreshes);
        Notify(InfoState.Full, 4, "alice", "bob");
        Assert.Equal(2, _roster.Participants.Count);
    }

    [Theory]
    [InlineData("deactivated")]
    [InlineData("timeout")]
    [InlineData("probation")]
    public void AnEndThatIsNotFinalIsFollowedByANewSubscription(string reason)
    {
        Start();
        Notify(InfoState.Full, 1, "alice");
        End(reason);
        _bench.Run(TimeSpan.FromSeconds(2));
        Assert.Equal(2, _focus.Received.Count);
        Notify(InfoState.Full, 1, "alice", "carol");
        Assert.Equal(2, _roster.Participants.Count);
    }

    [Fact]
    [Trait("Section", "RFC 6665 4.1.3")]
    public void AnEndThatNamesATimeIsFollowedByANewSubscriptionBehindIt()
    {
        Start();
        Notify(InfoState.Full, 1, "alice");
        End("probation;retry-after=60");
        _bench.Run(TimeSpan.FromSeconds(59));
        Assert.Single(_focus.Received);
        _bench.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(2, _focus.Received.Count);
    }

    [Theory]
    [InlineData("giveup;retry-after=2147483647", 3600)] // nobody is kept without a roster for ever
    [InlineData("deactivated;retry-after=600", 60)] // it says to come again at once
    [InlineData("timeout;retry-after=600", 60)]
    public void ATimeThatMeansNothingKeepsNobodyAway(string end, int seconds)
    {
        Start();
        Notify(InfoState.Full, 1, "alice");
        End(end);
        _bench.Run(TimeSpan.FromSeconds(seconds));
        Assert.True(_focus.Received.Count > 1, "he has not asked again");
    }

    [Fact]
    public void ATimeCountsForOneEndOnly()
    {
        Start();
        Notify(InfoState.Full, 1, "alice");
        _focus.Refusal = 503;
        End("giveup;retry-after=600");
        _bench.Run(TimeSpan.FromSeconds(700));
        Assert.True(_focus.Received.Count > 2, "the next attempt does not wait for as long again");
    }

    [Theory]
    [InlineData("rejected")]
    [InlineData("noresource")]
    public void AFinalEndIsFinal(string reason)
    {
        Start();
        Notify(InfoState.Full, 1, "alice");
        End(reason);
        _bench.Run(TimeSpan.FromMinutes(5));
        Assert.Single(_focus.Received);
    }

    [Fact]
    public void ARefusalMakesNobodyWait()
    {
        _focus.Refusal = 403;
        Start();
        Assert.True(_subscription.Ready.IsCompletedSuccessfully);
        _bench.Run(TimeSpan.FromMinutes(5));
        Assert.Single(_focus.Received);
    }

    [Fact]
    public void StoppingUnsubscribes()
    {
        Start();
        Notify(InfoState.Full, 1, "alice");
        _bench.Do(_subscription.Stop);
        Assert.True(_focus.Usage!.IsTerminated);
        _bench.Run(TimeSpan.FromMinutes(5));
        Assert.Single(_focus.Received);
    }

    [Fact]
    public void WhatIsNoConferenceDocumentIsIgnored()
    {
        Start();
        _bench.Server.Loop.Post(() => _focus.Usage!.Notify(ConferenceInfo.ContentType, "<nonsense"u8.ToArray()));
        _bench.Settle();
        _bench.Server.Loop.Post(() => _focus.Usage!.Notify("text/plain", "hello"u8.ToArray()));
        _bench.Settle();
        Assert.Empty(_events);
        Notify(InfoState.Full, 1, "alice");
        Assert.Single(_events);
    }

    [Fact]
    public void AFocusThatKnowsOnlyPartsIsNotAskedWithoutEnd()
    {
        Start();
        Notify(InfoState.Full, 1, "alice");
        for (uint version = 3; version < 50; version++)
        {
            Notify(InfoState.Partial, version, "bob");
        }

        Assert.Equal(1, _focus.Refreshes);
        _bench.Run(TimeSpan.FromSeconds(1));
        Assert.Equal(2, _focus.Refreshes);
        Notify(InfoState.Full, 50, "alice", "bob");
        Notify(InfoState.Partial, 52, "carol");
        Assert.Equal(3, _focus.Refreshes);
    }

    [Fact]
    public void ARosterThatNobodyCanReadKeepsNobodyOut()
    {
        Start();
        _bench.Server.Loop.Post(() => _focus.Usage!.Notify(ConferenceInfo.ContentType, "<nonsense"u8.ToArray()));
        _bench.Run(TimeSpan.FromSeconds(9));
        Assert.False(_subscription.Ready.IsCompleted);
        _bench.Run(TimeSpan.FromSeconds(1));
        Assert.True(_subscription.Ready.IsCompletedSuccessfully);
    }

    private void Start() => _bench.Do(_subscription.Start);

    private void Notify(InfoState state, uint version, params string[] names)
    {
        var endpoint = new ConferenceEndpoint { Entity = "sip:x@192.0.2.1", Status = EndpointStatus.Connected };
        var users = names.Select(name => new ConferenceUser { Entity = $"sip:{name}@localhost", Endpoints = [endpoint] });
        var document = new ConferenceInfo { Entity = Room.ToString(), State = state, Version = version, Users = [.. users] };
        _bench.Server.Loop.Post(() => _focus.Usage!.Notify(ConferenceInfo.ContentType, document.ToBytes()));
        _bench.Settle();
    }

    private void End(string reason)
    {
        _bench.Server.Loop.Post(() => _focus.Usage!.Terminate(reason));
        _bench.Settle();
    }

    private sealed class Focus : INotifierHandler
    {
        private readonly DialogLayer _dialogs;

        public Focus(DialogLayer dialogs)
        {
            _dialogs = dialogs;
            dialogs.OutOfDialogRequest += Answer;
        }

        public bool Challenges { get; set; }

        public int? Refusal { get; set; }

        public List<SipMessage> Received { get; } = [];

        public NotifierUsage? Usage { get; private set; }

        public int Refreshes { get; private set; }

        public void OnRefreshed(NotifierUsage usage, SipMessage subscribe) => Refreshes++;

        public void OnTerminated(NotifierUsage usage, DialogEnd reason)
        {
        }

        private void Answer(ServerTransaction transaction)
        {
            Received.Add(transaction.Request);
            if (Refusal is { } status)
            {
                transaction.Respond(status);
            }
            else if (!Challenges || ClientBench.Authenticate(transaction))
            {
                Usage = _dialogs.AcceptSubscribe(transaction, this, Room, TimeSpan.FromSeconds(3600));
            }
        }
    }
}
