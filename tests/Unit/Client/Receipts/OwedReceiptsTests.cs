using OmaIm.Client;
using OmaIm.Client.Receipts;
using OmaIm.Protocols.Imdn;
using OmaIm.Stack.Timing;
using OmaIm.Tests.Support;
using Xunit;
using static OmaIm.Tests.Unit.Client.Receipts.TestMessages;

namespace OmaIm.Tests.Unit.Client.Receipts;

[Trait("Section", "RFC 5438 7.2")]
public sealed class OwedReceiptsTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ControlLoop _loop;
    private readonly MemoryJournal _journal = new();
    private readonly List<string> _sent = [];
    private Exception? _failure;
    private TaskCompletionSource? _held;

    public OwedReceiptsTests() => _loop = new ControlLoop(_time);

    public void Dispose() => _loop.Dispose();

    private OwedReceipts Start(ReceiptOptions? options = null) => new(_loop, _journal, options ?? new ReceiptOptions(), Bob, SendAsync);

    private async Task SendAsync(JournalMessage message, ImdnDocument imdn)
    {
        _sent.Add($"{message.Key.Sender} {imdn.MessageId} {imdn.Status}");
        Assert.Equal((Bob, Bob), (imdn.RecipientUri, imdn.OriginalRecipientUri));
        if (_held is { } held)
        {
            await held.Task;
        }

        if (_failure is { } failure)
        {
            throw failure;
        }
    }

    private JournalResult Take(OwedReceipts receipts, JournalMessage message)
    {
        JournalResult? result = null;
        async Task TakeAsync() => result = await receipts.TakeAsync(message);
        _loop.Post(() => _ = TakeAsync());
        Run(0);
        return result!.Value;
    }

    private void Displayed(OwedReceipts receipts, JournalMessage message)
    {
        _loop.Post(() => _ = receipts.DisplayedAsync(message));
        Run(0);
    }

    private void Resume(OwedReceipts receipts)
    {
        _loop.Post(receipts.Resume);
        Run(0);
    }

    private void Run(double seconds) => _time.Run(TimeSpan.FromSeconds(seconds), _loop);

    [Fact]
    public void EachReceiptGoesOutWhenItIsTrueAndOnce()
    {
        var receipts = Start();
        Assert.Equal(JournalResult.Added, Take(receipts, Message("a")));
        Assert.Equal([$"{Alice} a Delivered"], _sent);
        Displayed(receipts, Message("a"));
        Assert.Equal([$"{Alice} a Delivered", $"{Alice} a Displayed"], _sent);
        Assert.Empty(_journal.Owed);

        Assert.Equal(JournalResult.Duplicate, Take(receipts, Message("a")));
        Resume(receipts);
        Assert.Equal(2, _sent.Count);
    }

    [Fact]
    public void NobodyIsToldWhatHeDidNotAskFor()
    {
        var receipts = Start();
        Take(receipts, Message("a", ImdnRequests.NegativeDelivery | ImdnRequests.Processing));
        Displayed(receipts, Message("a", ImdnRequests.NegativeDelivery));
        Assert.Empty(_sent);
    }

    [Fact]
    public void AUserMayKeepToHimselfThatHeHasSeenIt()
    {
        var receipts = Start(new ReceiptOptions { SendsDisplay = false });
        Take(receipts, Message("a"));
        Displayed(receipts, Message("a"));
        Resume(receipts);
        Assert.Equal([$"{Alice} a Delivered"], _sent);
    }

    [Fact]
    public void WhatCouldNotBeSentIsSentAgainLaterAndLater()
    {
        var receipts = Start();
        _failure = ImException.Unreachable("gone");
        Take(receipts, Message("a"));
        Run(5.1);
        Assert.Equal(2, _sent.Count);
        Run(60);
        Assert.InRange(_sent.Count, 3, 8);
        Assert.Equal(["a:Delivery"], _journal.OwedIds());

        _failure = null;
        Run(300);
        Assert.Empty(_journal.Owed);
    }

    [Fact]
    public void ANewRegistrationSendsAtOnceWhatIsOwed()
    {
        var receipts = Start();
        _failure = ImException.Unreachable("gone");
        Take(receipts, Message("a"));
        _failure = null;
        Resume(receipts);
        Assert.Equal(2, _sent.Count);
        Assert.Empty(_journal.Owed);
    }

    [Fact]
    public void ARestartSendsWhatTheOneBeforeOwed()
    {
        _failure = ImException.Unreachable("gone");
        var before = Start();
        Take(before, Message("a"));
        Displayed(before, Message("a"));
        Take(before, Message("b"));
        before.Stop();
        _sent.Clear();
        _failure = null;

        Resume(Start());
        Assert.Equal([$"{Alice} a Delivered", $"{Alice} a Displayed", $"{Alice} b Delivered"], _sent);
        Assert.Empty(_journal.Owed);
    }

    [Theory]
    [InlineData(404, true)]
    [InlineData(403, true)]
    [InlineData(415, true)]
    [InlineData(413, true)]
    [InlineData(481, true)]
    [InlineData(501, true)]
    [InlineData(513, true)]
    [InlineData(603, true)]
    [InlineData(604, true)]
    [InlineData(606, true)]
    [InlineData(401, false)]
    [InlineData(408, false)]
    [InlineData(486, false)]
    [InlineData(600, false)]
    [InlineData(480, false)]
    [InlineData(500, false)]
    [InlineData(503, false)]
    public void WhatNobodyWantsIsNotOwedForEver(int status, bool isSettled)
    {
        _failure = ImException.FromSip(status, "no");
        Take(Start(), Message("a"));
        Assert.Equal(isSettled ? [] : ["a:Delivery"], _journal.OwedIds());
    }

    [Fact]
    public void WhatCannotBeWrittenIsGivenUpAndHoldsNoPlace()
    {
        var receipts = Start(new ReceiptOptions { AtOnce = 1 });
        _failure = new ArgumentException("no address");
        Take(receipts, Message("a"));
        Assert.Empty(_journal.Owed);
        _failure = new InvalidOperationException("unforeseen");
        Take(receipts, Message("b"));
        Assert.Equal(["b:Delivery"], _journal.OwedIds());
        _failure = null;
        Take(receipts, Message("c"));
        Assert.Empty(_journal.OwedIds().Except(["b:Delivery"]));
        Assert.Equal(3, _sent.Count);
    }

    [Fact]
    public void WhatIsNeverSentDoesNotFillTheJournal()
    {
        var journal = new MemoryJournal(new JournalOptions { MaximumMessages = 1 });
        var receipts = new OwedReceipts(_loop, journal, new ReceiptOptions { SendsDelivery = false, SendsDisplay = false }, Bob, SendAsync);
        Assert.Equal(JournalResult.Added, Take(receipts, Message("a")));
        Displayed(receipts, Message("a"));
        Assert.Empty(journal.Owed);
        Assert.Equal(JournalResult.Added, Take(receipts, Message("b")));
        Assert.Empty(_sent);
    }

    [Fact]
    public void OnlyWhatIsThereAndWasNotShownBeforeIsToldOf()
    {
        var receipts = Start();
        Displayed(receipts, Message("unknown"));
        Assert.Empty(_sent);
        Take(receipts, Message("a"));
        Displayed(receipts, Message("a"));
        Displayed(receipts, Message("a"));
        Assert.Equal([$"{Alice} a Delivered", $"{Alice} a Displayed"], _sent);
    }

    [Fact]
    public void OnlySoManyAreUnderWayAtOnce()
    {
        var receipts = Start(new ReceiptOptions { AtOnce = 2 });
        _held = new TaskCompletionSource();
        for (var i = 0; i < 5; i++)
        {
            Take(receipts, Message("m" + i));
        }

        Resume(receipts);
        Assert.Equal(2, _sent.Count);
        _held.SetResult();
        Run(0);
        Assert.Equal(5, _sent.Count);
    }
}
