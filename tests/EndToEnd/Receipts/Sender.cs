using System.Collections.Concurrent;
using System.Text;
using OmaIm.Client;
using OmaIm.Client.Receipts;

namespace OmaIm.Tests.EndToEnd.Receipts;

/// <summary>A user who asks for receipts of everything, and what he has been told.</summary>
internal sealed class Sender : IAsyncDisposable
{
    private readonly MessageReceipts _receipts = new(new MemoryJournal());
    private readonly ConcurrentDictionary<string, Task<ChatSession>> _sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentBag<Task> _reading = [];

    private Sender(RunningAppliance appliance, string user)
    {
        Client = appliance.Client(user, out _, _receipts.Configure);
        _receipts.Attach(Client);
        _receipts.Changed += change =>
        {
            States[change.MessageId] = change.State;
            Changed(change);
        };
    }

    public ImClient Client { get; }

    /// <summary>What is known of each message, by its imdn.Message-ID; of one to a group, what was heard last.</summary>
    public ConcurrentDictionary<string, ReceiptState> States { get; } = new(StringComparer.Ordinal);

    /// <summary>Hears of each change; on the control loop.</summary>
    public Action<ReceiptChange> Changed { get; set; } = _ => { };

    /// <summary>The messages that he has been told somebody has.</summary>
    public IEnumerable<string> Delivered => States.Where(known => known.Value >= ReceiptState.Delivered).Select(known => known.Key);

    public static async Task<Sender> StartAsync(RunningAppliance appliance, string user)
    {
        var sender = new Sender(appliance, user);
        await sender.Client.RegisterAsync();
        return sender;
    }

    public async Task SendAsync(string to, string id, string text, bool inSession = false, bool isGroup = false) => await _receipts.SendAsync(
        to, "text/plain", Encoding.UTF8.GetBytes(text), inSession ? await SessionWithAsync(to) : null, id, isGroup);

    /// <summary>False when nobody is there at the moment: it was refused, or nobody knows.</summary>
    public async Task<bool> TrySendAsync(string to, string id, string text, bool inSession)
    {
        try
        {
            await SendAsync(to, id, text, inSession);
            return true;
        }
        catch (ImException)
        {
            return false;
        }
    }

    /// <summary>Ends when the server has ended the sessions with those who were killed.</summary>
    public Task WhenSessionsEndAsync() => Task.WhenAll(_reading);

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await _receipts.DisposeAsync();
    }

    /// <summary>The session with somebody, a new one when the one before has ended.</summary>
    private async Task<ChatSession> SessionWithAsync(string to)
    {
        while (true)
        {
            var opening = _sessions.GetOrAdd(to, OpenAsync);
            try
            {
                if (await opening is { IsClosed: false } session)
                {
                    return session;
                }
            }
            catch (ImException)
            {
                _sessions.TryRemove(new(to, opening));
                throw;
            }

            _sessions.TryRemove(new(to, opening));
        }
    }

    private async Task<ChatSession> OpenAsync(string address)
    {
        var session = await Client.OpenSessionAsync(address, new SessionOptions { Recover = false });
        _reading.Add(ReadAsync(session));
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
}
