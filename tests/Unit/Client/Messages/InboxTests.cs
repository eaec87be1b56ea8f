using Microsoft.Extensions.Logging.Abstractions;
using OmaIm.Client;
using OmaIm.Client.Messages;
using OmaIm.Protocols.Imdn;
using OmaIm.Tests.Unit.Client.Pager;
using Xunit;

namespace OmaIm.Tests.Unit.Client.Messages;

public sealed class InboxTests
{
    private static readonly ImMessage Message = new()
    {
        From = "sip:bob@localhost",
        To = "sip:alice@localhost",
        Mode = MessageMode.Session,
        MessageId = "m1",
        ContentType = "text/plain",
    };

    [Theory]
    [InlineData(true, Keeping.New, Keeping.Duplicate)]
    [InlineData(false, Keeping.Failed, Keeping.Failed)]
    internal async Task ADuplicateWaitsForWhatBecomesOfTheFirst(bool isKept, Keeping ofFirst, Keeping ofSecond)
    {
        var keeping = new TaskCompletionSource<bool>();
        using var bench = new PagerBench(PagerBench.Account with { BeforeAcknowledging = _ => new ValueTask<bool>(keeping.Task) });
        var first = bench.Client.Do(() => bench.Inbox.KeepAsync(Message, Unexpected));
        var second = bench.Client.Do(() => bench.Inbox.KeepAsync(Message, Unexpected));
        Assert.False(second.IsCompleted);
        if (isKept)
        {
            keeping.SetResult(true);
        }
        else
        {
            keeping.SetException(new IOException("disk full"));
        }

        bench.Client.Settle();
        Assert.Equal((ofFirst, ofSecond), (await first, await second));
    }

    [Fact]
    [Trait("Section", "RFC 3428 7")]
    public async Task AReceiptForWhichThereIsNoRoomIsNotAcknowledged()
    {
        var handlers = new HandlerQueue(capacity: 1, byteCapacity: 1000, NullLogger.Instance);
        var heard = new List<Receipt>();
        using var bench = new PagerBench();
        var inbox = new Inbox(PagerBench.Account, handlers, bench.Client.Loop) { ReceiptHandler = () => heard.Add };
        var (running, goingOn) = (new BlockingList<bool>(), new BlockingList<bool>());
        Assert.True(handlers.TryRun(() =>
        {
            running.Add(true);
            goingOn.Next();
        }));
        running.Next();
        Assert.True(handlers.TryRun(() => { }));

        var imdn = new ImdnDocument { MessageId = "m1", Kind = ImdnKind.Delivery, Status = ImdnStatus.Delivered };
        Assert.False(await inbox.TakeAsync(Message with { ContentType = ImdnDocument.ContentType, Content = imdn.ToBytes() }));
        goingOn.Add(true);
        Assert.Empty(heard);
    }

    [Fact]
    public void MessagesAreShownInTheOrderInWhichTheyCameWhicheverIsKeptFirst()
    {
        var keeping = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)).ToArray();
        using var bench = new PagerBench(PagerBench.Account with
        {
            BeforeAcknowledging = message => new ValueTask<bool>(keeping[int.Parse(message.MessageId!, System.Globalization.CultureInfo.InvariantCulture)].Task),
        });
        var shown = new List<string>();
        async Task Take(int id)
        {
            if (await bench.Inbox.KeepAsync(Message with { MessageId = $"{id}" }, Unexpected) == Keeping.New)
            {
                shown.Add($"{id}");
            }
        }

        for (var id = 0; id < keeping.Length; id++)
        {
            var next = id;
            _ = bench.Client.Do(() => Take(next));
        }

        keeping[2].SetResult(true);
        bench.Client.Settle();
        Assert.Empty(shown);
        keeping[0].SetException(new IOException("disk full"));
        bench.Client.Settle();
        Assert.Empty(shown);
        keeping[1].SetResult(true);
        bench.Client.Settle();
        Assert.Equal(["1", "2"], shown);
    }

    [Theory]
    [InlineData(MessageMode.Session, "sip:bob@localhost")]
    [InlineData(MessageMode.Large, "sip:bob@localhost")]
    [InlineData(MessageMode.Pager, "sip:carol@localhost")]
    [Trait("Section", "RFC 5438 7.2.1.1")]
    public void BetweenTwoUsersAReceiptIsThePeersWhateverItSaysOfItself(MessageMode mode, string from)
    {
        var imdn = new ImdnDocument { MessageId = "m1", Kind = ImdnKind.Delivery, Status = ImdnStatus.Delivered };
        var message = Message with { Mode = mode, Author = "sip:carol@localhost", ContentType = ImdnDocument.ContentType, Content = imdn.ToBytes() };
        Assert.True(Inbox.TryReadReceipts(message, out var receipts));
        Assert.Equal(from, Assert.Single(receipts).From);
    }

    private static void Unexpected() => Assert.Fail("it was in time");
}
