using OmaIm.Client;
using OmaIm.Client.Receipts;
using OmaIm.Protocols.Imdn;
using OmaIm.Stack.Timing;
using OmaIm.Tests.Support;
using Xunit;
using static OmaIm.Tests.Unit.Client.Receipts.TestMessages;

namespace OmaIm.Tests.Unit.Client.Receipts;

[Trait("Section", "RFC 5438 7.1")]
public sealed class SentMessagesTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly ControlLoop _loop;
    private readonly List<string> _changes = [];

    public SentMessagesTests() => _loop = new ControlLoop(_time);

    public void Dispose() => _loop.Dispose();

    private SentMessages Start(ReceiptOptions? options = null) => new(
        _loop, options ?? new ReceiptOptions(), change => _changes.Add($"{change.MessageId} {change.Recipient} {change.State}{(change.IsOverdue ? " overdue" : "")}"));

    private static Receipt Says(string from, string id, ImdnStatus status) =>
        new(id, from, Enum.GetValues<ImdnKind>().First(kind => ImdnDocument.IsPossible(kind, status)), status);

    [Fact]
    public void TheStateRisesWithWhatTheRecipientSays()
    {
        var sent = Start();
        sent.Track("a", Bob);
        Assert.Equal(ReceiptState.Sent, sent.StateOf("a"));
        Assert.True(sent.Apply(Says(Bob, "a", ImdnStatus.Delivered)));
        Assert.True(sent.Apply(Says(Bob, "a", ImdnStatus.Displayed)));
        Assert.Equal([$"a {Bob} Delivered", $"a {Bob} Displayed"], _changes);
    }

    /// <summary>Every order in which everything that can be said is said.</summary>
    [Fact]
    public void NoOrderOfReceiptsTakesAnythingBack()
    {
        ImdnStatus[] all = [ImdnStatus.Stored, ImdnStatus.Failed, ImdnStatus.Delivered, ImdnStatus.Displayed, ImdnStatus.Error, ImdnStatus.Processed];
        foreach (var order in Permutations(all))
        {
            var sent = Start();
            sent.Track("a", Bob);
            var before = ReceiptState.Sent;
            foreach (var status in order)
            {
                sent.Apply(Says(Bob, "a", status));
                var state = sent.StateOf("a")!.Value;
                Assert.True(state >= before);
                before = state;
            }

            Assert.Equal(ReceiptState.Displayed, before);
        }
    }

    [Theory]
    [InlineData(ImdnStatus.Processed)]
    [InlineData(ImdnStatus.Forbidden)]
    [InlineData(ImdnStatus.Error)]
    public void WhatSaysNothingOfTheRecipientChangesNothing(ImdnStatus status)
    {
        var sent = Start();
        sent.Track("a", Bob);
        Assert.True(sent.Apply(Says(Bob, "a", status)));
        Assert.Equal(ReceiptState.Sent, sent.StateOf("a"));
        Assert.Empty(_changes);
    }

    [Fact]
    public void NobodyElseCanSayThatHeHasIt()
    {
        var sent = Start();
        sent.Track("a", Bob);
        Assert.False(sent.Apply(Says("sip:eve@localhost", "a", ImdnStatus.Delivered)));
        Assert.False(sent.Apply(Says("sip:eve@localhost", "a", ImdnStatus.Displayed)));
        Assert.False(sent.Apply(Says(Bob, "b", ImdnStatus.Delivered)));
        Assert.True(sent.Apply(Says("sip:store@localhost", "a", ImdnStatus.Stored)));
        Assert.Equal(ReceiptState.Stored, sent.StateOf("a"));
    }

    [Theory]
    [InlineData("sip:bob@LOCALHOST", "sip:bob@localhost")]
    [InlineData("sip:bob@localhost;transport=tcp", "sip:bob@localhost")]
    [InlineData("sip:bob@localhost", "sip:bob@LocalHost")]
    [Trait("Section", "RFC 3261 19.1.4")]
    public void AnAddressIsTheSameHoweverItIsWritten(string to, string from)
    {
        var sent = Start();
        sent.Track("a", to);
        Assert.True(sent.Apply(Says(from, "a", ImdnStatus.Delivered)));
        Assert.Equal(ReceiptState.Delivered, sent.StateOf("a"));
        Assert.Equal(ReceiptState.Delivered, sent.StateOf("a", to));
    }

    [Fact]
    public void MembersOfAGroupAnswerForThemselves()
    {
        var sent = Start();
        sent.Track("a", "sip:lobby@rooms.localhost", isGroup: true);
        sent.Apply(Says(Bob, "a", ImdnStatus.Delivered));
        sent.Apply(Says("sip:carol@localhost", "a", ImdnStatus.Displayed));
        sent.OnReported("a");
        Assert.Equal((ReceiptState.Delivered, ReceiptState.Displayed), (sent.StateOf("a", Bob), sent.StateOf("a", "sip:carol@localhost")));
        Assert.Equal(ReceiptState.Sent, sent.StateOf("a", "sip:dave@localhost"));
        Assert.Equal(2, _changes.Count);
    }

    [Fact]
    public void OnlyTheGroupItselfVouchesForAnotherMember()
    {
        const string lobby = "sip:lobby@rooms.localhost", eve = "sip:eve@localhost";
        var sent = Start();
        sent.Track("a", lobby, isGroup: true);
        sent.Track("b", Bob);
        sent.Apply(Says(Bob, "a", ImdnStatus.Displayed) with { VouchedBy = eve });
        Assert.Equal(ReceiptState.Sent, sent.StateOf("a", Bob));
        sent.Apply(Says(Bob, "a", ImdnStatus.Delivered) with { VouchedBy = lobby });
        Assert.Equal(ReceiptState.Delivered, sent.StateOf("a", Bob));
        Assert.False(sent.Apply(Says(Bob, "b", ImdnStatus.Delivered) with { VouchedBy = eve }));
        Assert.False(sent.Apply(Says("sip:" + new string('x', 600) + "@localhost", "a", ImdnStatus.Delivered)));
    }

    [Fact]
    public void ReportsAndAnswersCountForWhatTheyAre()
    {
        var sent = Start();
        sent.Track("a", Bob);
        sent.OnStored("a");
        sent.OnFailed("a");
        sent.OnReported("a");
        sent.OnFailed("a");
        sent.OnStored("a");
        sent.OnReported("unknown");
        Assert.Equal([$"a {Bob} Stored", $"a {Bob} Failed", $"a {Bob} Delivered"], _changes);
    }

    [Fact]
    public void WhatIsOverdueIsReportedOnceAndStillCountsWhenItComes()
    {
        var sent = Start(new ReceiptOptions { Overdue = TimeSpan.FromMinutes(5) });
        sent.Track("a", Bob);
        sent.Track("b", Bob);
        _time.Run(TimeSpan.FromMinutes(1), _loop);
        sent.Track("c", Bob);
        sent.Apply(Says(Bob, "b", ImdnStatus.Delivered));
        _time.Run(TimeSpan.FromMinutes(4.5), _loop);
        Assert.Equal([$"b {Bob} Delivered", $"a {Bob} Sent overdue"], _changes);
        _time.Run(TimeSpan.FromMinutes(100), _loop);
        Assert.Equal($"c {Bob} Sent overdue", _changes[^1]);
        sent.Apply(Says(Bob, "a", ImdnStatus.Delivered));
        Assert.Equal($"a {Bob} Delivered", _changes[^1]);
        Assert.Equal(4, _changes.Count);
    }

    [Fact]
    public void OnlySoManyAreRemembered()
    {
        var sent = Start(new ReceiptOptions { Awaited = 2 });
        sent.Track("a", Bob);
        sent.Track("b", Bob);
        sent.Track("c", Bob);
        Assert.Null(sent.StateOf("a"));
        Assert.Equal(ReceiptState.Sent, sent.StateOf("b"));
        Assert.False(sent.Apply(Says(Bob, "a", ImdnStatus.Delivered)));
    }

    private static IEnumerable<T[]> Permutations<T>(T[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany((item, i) => Permutations<T>([.. items[..i], .. items[(i + 1)..]]).Select(rest => (T[])[item, .. rest]));
}
