using OmaIm.Client.Composing;
using OmaIm.Protocols.IsComposing;
using OmaIm.Stack.Timing;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Composing;

[Trait("Section", "RFC 3994 3")]
public sealed class ComposingTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ControlLoop _loop;
    private readonly List<ComposingState> _said = [];
    private readonly List<ComposingState> _heard = [];
    private readonly ComposingSender _sender;
    private readonly ComposingReceiver _receiver;

    public ComposingTests()
    {
        _loop = new ControlLoop(_time);
        _sender = new ComposingSender(_loop, new ComposingOptions(), document => _said.Add(document.State));
        _receiver = new ComposingReceiver(_loop, new ComposingOptions(), _heard.Add);
    }

    public void Dispose() => _loop.Dispose();

    private void Run(double seconds) => _time.Run(TimeSpan.FromSeconds(seconds), _loop);

    private void TypeFor(int seconds)
    {
        for (var i = 0; i < seconds; i += 5)
        {
            _sender.OnTyping();
            Run(5);
        }
    }

    [Fact]
    public void TheFirstKeyIsSaidAtOnceAndTheOthersAreNot()
    {
        TypeFor(60);
        Assert.Equal([ComposingState.Active], _said);
    }

    [Fact]
    public void FifteenSecondsWithoutAKeyAreIdle()
    {
        _sender.OnTyping();
        Run(14.9);
        _sender.OnTyping();
        Run(14.9);
        Assert.Equal([ComposingState.Active], _said);
        Run(0.2);
        Assert.Equal([ComposingState.Active, ComposingState.Idle], _said);
        Run(1000);
        Assert.Equal(2, _said.Count);
    }

    [Fact]
    public void WhoGoesOnWritingSaysSoAtEachRefresh()
    {
        TypeFor(361);
        Assert.Equal(4, _said.Count);
        Assert.All(_said, state => Assert.Equal(ComposingState.Active, state));
    }

    [Fact]
    public void AMessageSaysByItselfThatItsWritingIsOver()
    {
        _sender.OnTyping();
        _sender.OnMessageSent();
        Run(1000);
        Assert.Equal([ComposingState.Active], _said);
        _sender.OnTyping();
        Assert.Equal([ComposingState.Active, ComposingState.Active], _said);
    }

    [Fact]
    public void WhatIsGivenUpIsSaidOnce()
    {
        _sender.OnCleared();
        _sender.OnTyping();
        _sender.OnCleared();
        _sender.OnCleared();
        Run(1000);
        Assert.Equal([ComposingState.Active, ComposingState.Idle], _said);
    }

    [Fact]
    public void AnEndedConversationSaysNothingMore()
    {
        _sender.OnTyping();
        _sender.Stop();
        Run(1000);
        Assert.Equal([ComposingState.Active], _said);
    }

    [Theory]
    [InlineData(null, 120)]
    [InlineData(60, 60)]
    [InlineData(1, 1)]
    [InlineData(1_000_000, 600)]
    public void WithoutARefreshTheOtherSideIsIdle(int? refresh, int expected)
    {
        _receiver.OnDocument(new IsComposingDocument { State = ComposingState.Active, Refresh = refresh is { } s ? TimeSpan.FromSeconds(s) : null });
        Run(expected - 0.5);
        Assert.Equal([ComposingState.Active], _heard);
        Run(1);
        Assert.Equal([ComposingState.Active, ComposingState.Idle], _heard);
    }

    [Fact]
    public void ARefreshKeepsTheOtherSideActive()
    {
        var active = new IsComposingDocument { State = ComposingState.Active, Refresh = TimeSpan.FromSeconds(90) };
        for (var i = 0; i < 5; i++)
        {
            _receiver.OnDocument(active);
            Run(80);
        }

        Assert.Equal([ComposingState.Active], _heard);
        _receiver.OnDocument(new IsComposingDocument { State = ComposingState.Idle });
        Assert.Equal([ComposingState.Active, ComposingState.Idle], _heard);
    }

    [Fact]
    public void AMessageEndsTheWriting()
    {
        _receiver.OnMessage();
        Assert.Empty(_heard);
        _receiver.OnDocument(new IsComposingDocument { State = ComposingState.Active });
        _receiver.OnMessage();
        Run(1000);
        Assert.Equal([ComposingState.Active, ComposingState.Idle], _heard);
    }

    [Fact]
    public void ARefreshOfLessThanAMinuteIsRefused()
    {
        Assert.Null(new ComposingOptions().FindProblem());
        Assert.NotNull(new ComposingOptions { Refresh = TimeSpan.FromSeconds(59) }.FindProblem());
        Assert.NotNull(new ComposingOptions { Idle = TimeSpan.Zero }.FindProblem());
    }
}
