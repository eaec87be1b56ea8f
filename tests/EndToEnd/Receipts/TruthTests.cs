using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using OmaIm.Client;
using OmaIm.Client.Receipts;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Receipts;

/// <summary>What a sender is told of his messages is true, whatever becomes of the recipients' programs.</summary>
public sealed class TruthTests : IClassFixture<TruthAppliance>, IAsyncLifetime
{
    private const string Sender = "user1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(50);

    private readonly TruthAppliance _appliance;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("truth");
    private readonly ConcurrentDictionary<string, ReceiptState> _states = new(StringComparer.Ordinal);
    private readonly List<Recipient> _recipients = [];
    private MessageReceipts _receipts = null!;
    private readonly ConcurrentDictionary<string, Task<ChatSession>> _sessions = new(StringComparer.Ordinal);
    private ImClient _client = null!;

    public TruthTests(TruthAppliance appliance) => _appliance = appliance;

    public async Task InitializeAsync()
    {
        _receipts = Create();
        _client = _appliance.Client(Sender, out _, _receipts.Configure);
        _receipts.Attach(_client);
        _receipts.Changed += change => _states[change.MessageId] = change.State;
        await _client.RegisterAsync();
    }

    public async Task DisposeAsync()
    {
        foreach (var recipient in _recipients)
        {
            await recipient.DisposeAsync();
        }

        await _client.DisposeAsync();
        await _receipts.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task WhoIsKilledBeforeTheDisplayHasNotSeenIt()
    {
        var recipient = await StartAsync("user2");
        await SendAsync(recipient, "a", "hello");
        await EventuallyAsync(() => _states.GetValueOrDefault("a") == ReceiptState.Delivered);
        await recipient.KillAsync();
        await Assert.ThrowsAsync<ImException>(() => SendAsync(recipient, "b", "are you there!"));

        await recipient.StartAsync();
        await SendAsync(recipient, "c", "there you are!");
        await EventuallyAsync(() => _states.GetValueOrDefault("c") == ReceiptState.Displayed);
        Assert.Equal(ReceiptState.Delivered, _states["a"]);
        Assert.True(_states.GetValueOrDefault("b") is ReceiptState.Sent or ReceiptState.Failed);
        Assert.Equal(["a", "c"], recipient.Journal.Messages.Select(message => message.Key.MessageId));
    }

    [Theory]
    [InlineData(false, 10_000, 9_000)]
    [InlineData(true, 400, 200)] // an INVITE to somebody who was just killed waits for its timeout, and with it all that would go into that session
    public async Task OfThousandsOfMessagesTheSenderKnowsWhatTheRecipientsHave(bool inSessions, int messages, int leastKept)
    {
        const int OneIn = 101; // so that every recipient has his turn
        var recipients = await Task.WhenAll(Enumerable.Range(2, TruthAppliance.Recipients).Select(i => StartAsync($"user{i}")));
        var locks = recipients.Select(_ => new SemaphoreSlim(1)).ToArray();

        await Parallel.ForEachAsync(Enumerable.Range(0, messages), new ParallelOptions { MaxDegreeOfParallelism = 40 }, async (i, _) =>
        {
            var at = i % recipients.Length;
            var sending = TrySendAsync(recipients[at], Id(i), i % 3 == 0 ? "shown!" : "kept", inSessions);
            if (i % OneIn == 50)
            {
                // Somewhere between the sending, the answer, the receipt and the display.
                await locks[at].WaitAsync(CancellationToken.None);
                await recipients[at].KillAsync();
                await recipients[at].StartAsync();
                locks[at].Release();
            }

            await sending;
        });

        await EventuallyAsync(() => recipients.All(recipient => recipient.Journal.Owed.Count == 0));
        var stores = recipients.SelectMany(recipient => recipient.Journal.Messages).ToDictionary(message => message.Key.MessageId, StringComparer.Ordinal);
        await EventuallyAsync(() => Enumerable.Range(0, messages).All(i => IsTrue(Id(i), stores.GetValueOrDefault(Id(i)))));
        Assert.InRange(stores.Count, leastKept, messages);
    }

    /// <summary>The sender's view of one message is the recipient's store.</summary>
    private bool IsTrue(string id, JournalMessage? kept)
    {
        var state = _states.GetValueOrDefault(id, ReceiptState.Sent);
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
        await recipient.StartAsync();
        lock (_recipients)
        {
            _recipients.Add(recipient);
        }

        return recipient;
    }

    private async Task SendAsync(Recipient to, string id, string text, bool inSession = false) => await _receipts.SendAsync(
        to.Address, "text/plain", Encoding.UTF8.GetBytes(text), inSession ? await SessionWithAsync(to) : null, id);

    private async Task TrySendAsync(Recipient to, string id, string text, bool inSession)
    {
        try
        {
            await SendAsync(to, id, text, inSession);
        }
        catch (ImException)
        {
            // Nobody is there at the moment: it was refused, or nobody knows.
        }
    }

    /// <summary>The session with a recipient, a new one when the one before has ended.</summary>
    private async Task<ChatSession> SessionWithAsync(Recipient to)
    {
        while (true)
        {
            var opening = _sessions.GetOrAdd(to.Address, OpenAsync);
            try
            {
                if (await opening is { IsClosed: false } session)
                {
                    return session;
                }
            }
            catch (ImException)
            {
                _sessions.TryRemove(new(to.Address, opening));
                throw;
            }

            _sessions.TryRemove(new(to.Address, opening));
        }
    }

    private async Task<ChatSession> OpenAsync(string address)
    {
        var session = await _client.OpenSessionAsync(address, new SessionOptions { Recover = false });
        _ = ReadAsync(session);
        return session;
    }

    private async Task ReadAsync(ChatSession session)
    {
        await foreach (var happened in session.Events.ReadAllAsync())
        {
            if (happened is SessionReceipt { Receipt: var receipt })
            {
                _receipts.Apply(receipt);
            }
        }
    }

    private static MessageReceipts Create() => new(new MemoryJournal());

    private static string Id(int number) => number.ToString("d5", CultureInfo.InvariantCulture);

    // Looks again and again: that the last receipt is settled in a recipient's journal, the last thing that happens, is announced by no event.
    private static async Task EventuallyAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
        {
            await Task.Delay(20, patience.Token);
        }
    }
}
