using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.Text;

namespace OmaIm.Client.Receipts;

/// <summary>
/// Receipts that can be relied on (RFC 5438), for one client: a received message is in the journal before anybody is told so; what is owed is
/// sent until its sender has it, after a restart too; of a sent message nothing is believed but what its recipient says himself.
/// </summary>
/// <example>
/// <code>
/// await using var receipts = new MessageReceipts(FileJournal.Open("alice.journal"));
/// await using var client = new ImClient(receipts.Configure(options));
/// receipts.Attach(client);
/// </code>
/// </example>
public sealed class MessageReceipts(IMessageJournal journal, ReceiptOptions? options = null) : IAsyncDisposable
{
    private static readonly SendOptions Reported = new() { AwaitReport = true, ReportTime = TimeSpan.FromSeconds(10) };

    private readonly ReceiptOptions _options = options ?? new ReceiptOptions();
    private readonly Dictionary<string, ChatSession> _sessions = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private ImClient _client = null!;
    private OwedReceipts _owed = null!;
    private SentMessages _sent = null!;

    /// <summary>More is known of a sent message. Raised on the control loop, which it must not block.</summary>
    public event Action<ReceiptChange>? Changed;

    public IMessageJournal Journal { get; } = journal;

    /// <summary>The options for the client: it brings what it receives here first, and leaves the receipts to this.</summary>
    public ImClientOptions Configure(ImClientOptions client) => client with { BeforeAcknowledging = KeepAsync, SendDeliveryReceipts = false };

    /// <summary>Begins, for a client with options made by <see cref="Configure"/>, before it registers. What is owed is sent with each registration.</summary>
    public void Attach(ImClient client)
    {
        _client = client;
        var loop = client.Runtime.Loop;
        _owed = new OwedReceipts(loop, Journal, _options, client.Address, SendReceiptAsync);
        _sent = new SentMessages(loop, _options, change => Changed?.Invoke(change));
        client.ReceiptReceived += receipt => Apply(receipt);
        client.MessageFailed += _sent.OnFailed;
        client.RegistrationChanged += (state, _) =>
        {
            if (state == RegistrationState.Registered)
            {
                loop.Post(_owed.Resume);
            }
        };
    }

    /// <summary>While this session stands, receipts for its other side go through it.</summary>
    public void Use(ChatSession session) => _client.Runtime.Loop.Post(() => _sessions[session.Peer] = session);

    /// <summary>Sends a message that asks for receipts, in a session or, without one, in pager or large message mode.</summary>
    /// <param name="to">SIP URI of the recipient; of a session its other side.</param>
    /// <param name="contentType">MIME type with its parameters.</param>
    /// <param name="content">The content.</param>
    /// <param name="session">The session to use; null for none.</param>
    /// <param name="messageId">The imdn.Message-ID; null for a fresh one.</param>
    /// <param name="isGroup">Whether the recipient is a room, a group or a list, whose members answer for themselves: each of them has a state of his own.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ImException">As <see cref="ImClient.SendAsync(string, string, ReadOnlyMemory{byte}, SendOptions?, CancellationToken)"/>; what was refused is <see cref="ReceiptState.Failed"/> from then on.</exception>
    public async Task<SentMessage> SendAsync(
        string to,
        string contentType,
        ReadOnlyMemory<byte> content,
        ChatSession? session = null,
        string? messageId = null,
        bool isGroup = false,
        CancellationToken cancellationToken = default)
    {
        var id = messageId ?? RandomToken.Create();
        var wishes = new SendOptions { MessageId = id, Receipts = ImdnRequests.PositiveDelivery | ImdnRequests.NegativeDelivery | ImdnRequests.Display };
        await _client.Runtime.InvokeAsync(() =>
        {
            _sent.Track(id, to, isGroup);
            return true;
        }).ConfigureAwait(false);
        try
        {
            var sent = session is null
                ? await _client.SendAsync(to, contentType, content, wishes, cancellationToken).ConfigureAwait(false)
                : await session.SendAsync(contentType, content, wishes, cancellationToken).ConfigureAwait(false);
            Note(id, sent);
            return sent;
        }
        catch (ImException refused) when (refused.Failure is not (ImFailure.Unreachable or ImFailure.SessionEnded))
        {
            _client.Runtime.Loop.Post(() => _sent.OnFailed(id));
            throw;
        }
    }

    /// <summary>The message was shown to the user: from then on its sender is owed a receipt, if he asked for one.</summary>
    /// <exception cref="IOException">It could not be noted.</exception>
    public Task DisplayedAsync(ImMessage message) => JournalMessage.From(message) is { } kept
        ? _client.Runtime.InvokeAsync(() => _owed.DisplayedAsync(kept))
        : Task.CompletedTask;

    /// <summary>A receipt has come among the events of a session (<see cref="SessionReceipt"/>).</summary>
    public void Apply(Receipt receipt) => _client.Runtime.Loop.Post(() => _sent.Apply(receipt));

    /// <summary>What is known of a sent message; null for one that is not known, or no longer.</summary>
    public Task<ReceiptState?> StateOfAsync(string messageId) => _client.Runtime.InvokeAsync(() => _sent.StateOf(messageId));

    /// <summary>Ends, and closes the journal. What is still owed is sent by the next one.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _client?.Runtime.Loop.Post(() =>
        {
            _owed.Stop();
            _sent.Stop();
        });
        await Journal.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    /// <summary>False for a copy of what is there already.</summary>
    private async ValueTask<bool> KeepAsync(ImMessage message)
    {
        if (JournalMessage.From(message) is not { } kept)
        {
            return true;
        }

        return await _owed.TakeAsync(kept) switch
        {
            JournalResult.Added => true,
            JournalResult.Duplicate => false,
            _ => throw new IOException("The journal is full."),
        };
    }

    // A 200 to a MESSAGE is the answer of a hop as well as of a client, and says nothing of delivery here; a report comes from the far end.
    private void Note(string id, SentMessage sent) => _client.Runtime.Loop.Post(() =>
    {
        if (sent.IsStored)
        {
            _sent.OnStored(id);
        }
        else if (sent is { IsDelivered: true, Mode: not MessageMode.Pager })
        {
            _sent.OnReported(id);
        }
    });

    // Who wants to pass receipts on stands on the way of a MESSAGE, not of a session.
    private async Task SendReceiptAsync(JournalMessage message, ImdnDocument receipt)
    {
        var peer = message.Key.Sender;
        var routes = message.ReceiptRoutes;
        if (routes.Count == 0 && _sessions.TryGetValue(peer, out var session) && await TrySendInAsync(session, receipt.ToBytes()))
        {
            return;
        }

        await _client.SendReceiptAsync(peer, receipt, routes, _stopping.Token);
    }

    private async Task<bool> TrySendInAsync(ChatSession session, byte[] body)
    {
        if (session.IsClosed)
        {
            _sessions.Remove(session.Peer);
            return false;
        }

        try
        {
            var sent = await session.SendAsync(ImdnDocument.ContentType, body, Reported, _stopping.Token);
            return sent.IsDelivered;
        }
        catch (ImException)
        {
            return false; // by MESSAGE, then
        }
    }
}
