using System.Collections.Concurrent;
using System.Globalization;
using OmaIm.Client;
using OmaIm.Client.Receipts;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Receipts;

/// <summary>What a sender is told of his messages is true, whatever becomes of the recipients' programs.</summary>
public sealed class TruthTests : IClassFixture<TruthAppliance>, IAsyncLifetime
{
    private const int Messages = 10_000;
    private const int OneIsKilledEvery = 101; // so that every recipient has his turn
    private const int OneIsShownEvery = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly TruthAppliance _appliance;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("truth");
    private readonly ConcurrentBag<Recipient> _recipients = [];
    private Sender _sender = null!;

    public TruthTests(TruthAppliance appliance) => _appliance = appliance;

    public async Task InitializeAsync() => _sender = await Sender.StartAsync(_appliance, "user1");

    public async Task DisposeAsync()
    {
        foreach (var recipient in _recipients)
        {
            await recipient.DisposeAsync();
        }

        await _sender.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task WhoIsKilledBeforeTheDisplayHasNotSeenIt()
    {
        var recipient = await StartAsync("user2");
        await _sender.SendAsync(recipient.Address, "a", "hello");
        await EventuallyAsync(() => _sender.States.GetValueOrDefault("a") == ReceiptState.Delivered);
        await recipient.KillAsync();
        await Assert.ThrowsAsync<ImException>(() => _sender.SendAsync(recipient.Address, "b", "are you there!"));

        await recipient.StartAsync();
        await _sender.SendAsync(recipient.Address, "c", "there you are!");
        await EventuallyAsync(() => _sender.States.GetValueOrDefault("c") == ReceiptState.Displayed);
        Assert.Equal(ReceiptState.Delivered, _sender.States["a"]);
        Assert.True(_sender.States.GetValueOrDefault("b") is ReceiptState.Sent or ReceiptState.Failed);
        Assert.Equal(["a", "c"], recipient.Journal.Messages.Select(message => message.Key.MessageId));
    }

    [Fact]
    public async Task EachMemberOfAGroupAnswersForHimself()
    {
        var heard = new ConcurrentDictionary<string, ReceiptState>(StringComparer.Ordinal);
        _sender.Changed = change => heard[change.Recipient] = change.State;
        var members = await Task.WhenAll(StartAsync("user2"), StartAsync("user3"));
        await using var room = await _sender.Client.CreateRoomAsync(members.Select(member => member.Address));
        await _sender.SendAsync(room.RoomUri, "g", "all of you!", isGroup: true);
        await EventuallyAsync(() => members.All(member => heard.GetValueOrDefault(member.Address) == ReceiptState.Displayed));
        Assert.Equal(members.Length, heard.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OfTenThousandMessagesTheSenderKnowsWhatTheRecipientsHave(bool inSessions)
    {
        var recipients = await Task.WhenAll(Enumerable.Range(2, TruthAppliance.Recipients).Select(i => StartAsync($"user{i}")));
        await Task.WhenAll(recipients.Select((recipient, first) => WriteToAsync(recipient, first, inSessions)));
        await EventuallyAsync(() => recipients.All(recipient => recipient.Journal.Owed.Count == 0) && IsSettled(KeptBy(recipients)));

        var kept = KeptBy(recipients).Values;
        Assert.InRange(kept.Count, Messages / 10 * 9, Messages);
        Assert.InRange(kept.Count(message => message.IsDisplayed), Messages / OneIsShownEvery / 10 * 9, (Messages / OneIsShownEvery) + 1);
    }

    /// <summary>Some at a time, and in the midst of them the recipient's program is killed and started again.</summary>
    private async Task WriteToAsync(Recipient recipient, int first, bool inSession)
    {
        using var restarting = new SemaphoreSlim(1);
        var numbers = Enumerable.Range(0, Messages / TruthAppliance.Recipients).Select(i => (i * TruthAppliance.Recipients) + first);
        await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, _) =>
        {
            var sending = _sender.TrySendAsync(recipient.Address, Id(number), number % OneIsShownEvery == 0 ? "shown!" : "kept", inSession);
            if (number % OneIsKilledEvery == OneIsKilledEvery / 2)
            {
                // Somewhere between the sending, the answer, the receipt and the display.
                await restarting.WaitAsync(CancellationToken.None);
                await recipient.KillAsync();
                await recipient.StartAsync();
                restarting.Release();
            }

            await sending;
        });
    }

    private static Dictionary<string, JournalMessage> KeptBy(Recipient[] recipients) =>
        recipients.SelectMany(recipient => recipient.Journal.Messages).ToDictionary(message => message.Key.MessageId, StringComparer.Ordinal);

    /// <summary>All is shown that has come and is for showing, and of every message the sender knows just that.</summary>
    private bool IsSettled(Dictionary<string, JournalMessage> kept) =>
        kept.Values.All(message => message.IsDisplayed || !message.ToMessage().Text.EndsWith('!'))
        && Enumerable.Range(0, Messages).Select(Id).All(id => IsTrue(id, kept.GetValueOrDefault(id)));

    /// <summary>The sender's view of one message is the recipient's store.</summary>
    private bool IsTrue(string id, JournalMessage? kept)
    {
        var state = _sender.States.GetValueOrDefault(id, ReceiptState.Sent);
        return kept switch
        {
            null => state < ReceiptState.Delivered,
            { IsDisplayed: true } => state == ReceiptState.Displayed,
            _ => state == ReceiptState.Delivered,
        };
    }

    private async Task<Recipient> StartAsync(string user)
    {
        var recipient = new Recipient(_appliance, user, _directory.FullName);
        _recipients.Add(recipient);
        await recipient.StartAsync();
        return recipient;
    }

    private static string Id(int number) => number.ToString("d5", CultureInfo.InvariantCulture);

    // Looks again and again: that the last receipt is settled in a recipient's journal, the last thing that happens, is announced by no event.
    private static async Task EventuallyAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
