using OmaIm.Client.Receipts;
using OmaIm.Protocols.Imdn;
using OmaIm.Tests.Support;
using Xunit;
using static OmaIm.Tests.Unit.Client.Receipts.TestMessages;

namespace OmaIm.Tests.Unit.Client.Receipts;

/// <summary>What both journals promise.</summary>
public sealed class JournalTests : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("journal");
    private readonly List<IMessageJournal> _journals = [];

    public async ValueTask DisposeAsync()
    {
        foreach (var journal in _journals)
        {
            await journal.DisposeAsync();
        }

        _directory.Delete(recursive: true);
    }

    private IMessageJournal Open(bool isFile, JournalOptions? options = null)
    {
        IMessageJournal journal = isFile ? FileJournal.Open(Path.Combine(_directory.FullName, "j" + _journals.Count), options) : new MemoryJournal(options);
        _journals.Add(journal);
        return journal;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AMessageIsKeptOnceForEachSender(bool isFile)
    {
        var journal = Open(isFile);
        Assert.Equal(JournalResult.Added, await journal.AppendAsync(Message("a")));
        Assert.Equal(JournalResult.Duplicate, await journal.AppendAsync(Message("a")));
        Assert.Equal(JournalResult.Added, await journal.AppendAsync(Message("a", sender: "sip:carol@localhost")));
        Assert.Equal(["a", "a"], journal.Ids());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CopiesThatComeAtTheSameTimeAreOneMessage(bool isFile)
    {
        var journal = Open(isFile);
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => journal.AppendAsync(Message("a")))));
        Assert.Single(results, JournalResult.Added);
        Assert.Equal(49, results.Count(result => result == JournalResult.Duplicate));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReceiptsAreOwedFromTheMomentThatTheyAreTrueUntilTheyAreSettled(bool isFile)
    {
        var journal = Open(isFile);
        await journal.AppendAsync(Message("none", ImdnRequests.NegativeDelivery));
        await journal.AppendAsync(Message("both"));
        await journal.AppendAsync(Message("display", ImdnRequests.Display));
        Assert.Equal(["both:Delivery"], journal.OwedIds());

        await journal.NoteDisplayedAsync(Message("both").Key);
        await journal.NoteDisplayedAsync(Message("display").Key);
        await journal.NoteDisplayedAsync(Message("none").Key);
        await journal.NoteDisplayedAsync(Message("unknown").Key);
        Assert.Equal(["both:Delivery", "both:Display", "display:Display"], journal.OwedIds());

        await journal.NoteSettledAsync(Message("both").Key, ImdnKind.Delivery);
        await journal.NoteSettledAsync(Message("display").Key, ImdnKind.Display);
        Assert.Equal(["both:Display"], journal.OwedIds());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatOwesNothingMakesRoomAndWhatOwesDoesNot(bool isFile)
    {
        var journal = Open(isFile, new JournalOptions { MaximumMessages = 3, MaximumBytes = 100 });
        await journal.AppendAsync(Message("a"));
        await journal.AppendAsync(Message("b", ImdnRequests.None));
        await journal.AppendAsync(Message("c"));
        Assert.Equal(JournalResult.Added, await journal.AppendAsync(Message("d")));
        Assert.Equal(["a", "c", "d"], journal.Ids());
        Assert.Equal(JournalResult.Full, await journal.AppendAsync(Message("e")));

        await journal.NoteSettledAsync(Message("c").Key, ImdnKind.Delivery);
        Assert.Equal(JournalResult.Full, await journal.AppendAsync(Message("e", size: 95)));
        Assert.Equal(JournalResult.Added, await journal.AppendAsync(Message("e", size: 94)));
        Assert.Equal(JournalResult.Full, await Open(isFile, new JournalOptions { MaximumBytes = 10 }).AppendAsync(Message("x", size: 11)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task WhatDoesNotFitAnywayTakesNobodysPlace(bool isFile)
    {
        var journal = Open(isFile, new JournalOptions { MaximumBytes = 100 });
        await journal.AppendAsync(Message("settled", ImdnRequests.None));
        await journal.AppendAsync(Message("owed", size: 50));
        Assert.Equal(JournalResult.Full, await journal.AppendAsync(Message("large", size: 60)));
        Assert.Equal(["settled", "owed"], journal.Ids());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ASenderWhoIsNeverThereDoesNotFillItForEver(bool isFile)
    {
        var time = new FakeTimeProvider();
        var journal = Open(isFile, new JournalOptions { MaximumMessages = 2, MaximumOwedAge = TimeSpan.FromDays(7), Time = time });
        await journal.AppendAsync(Message("a"));
        await journal.AppendAsync(Message("b"));
        time.Advance(TimeSpan.FromDays(6.9));
        Assert.Equal(JournalResult.Full, await journal.AppendAsync(Message("c")));
        time.Advance(TimeSpan.FromDays(0.2));
        Assert.Empty(journal.Owed);
        Assert.Equal(JournalResult.Added, await journal.AppendAsync(Message("c")));
        Assert.Equal(["c:Delivery"], journal.OwedIds());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OneSenderIsOwedSoMuchAndTheOldestIsGivenUp(bool isFile)
    {
        var journal = Open(isFile, new JournalOptions { MaximumOwedToOne = 2 });
        await journal.AppendAsync(Message("other", sender: "sip:carol@localhost"));
        foreach (var id in (string[])["a", "b", "c"])
        {
            await journal.AppendAsync(Message(id));
        }

        Assert.Equal(["other:Delivery", "b:Delivery", "c:Delivery"], journal.OwedIds());
        await journal.NoteDisplayedAsync(Message("c").Key);
        Assert.Equal(["other:Delivery", "c:Delivery", "c:Display"], journal.OwedIds());
        Assert.False(journal.Owes(Message("b").Key, ImdnKind.Delivery));
    }
}
