using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Timing;

namespace OmaIm.Client.Receipts;

/// <summary>
/// The sender's half of RFC 5438: what is known of each sent message at each recipient. A state rises by the recipient's own receipts, and by
/// success REPORTs that come from the far end; never by the answer of a hop. Lives on the control loop.
/// </summary>
internal sealed class SentMessages
{
    private readonly ControlLoop _loop;
    private readonly ReceiptOptions _options;
    private readonly Action<ReceiptChange> _changed;
    private readonly Dictionary<string, Sent> _sent = new(StringComparer.Ordinal);
    private readonly Queue<Sent> _order = new();
    private readonly Queue<Sent> _awaited = new();
    private readonly LoopTimer _overdue;

    /// <param name="loop">The control loop.</param>
    /// <param name="options">Limits.</param>
    /// <param name="changed">Hears each rise.</param>
    public SentMessages(ControlLoop loop, ReceiptOptions options, Action<ReceiptChange> changed)
    {
        _loop = loop;
        _options = options;
        _changed = changed;
        _overdue = loop.CreateTimer(ReportOverdue);
    }

    /// <summary>A message is about to leave.</summary>
    /// <param name="messageId">Its imdn.Message-ID, new.</param>
    /// <param name="to">To whom it goes, as the program writes it.</param>
    /// <param name="isGroup">Whether that is a room or a list, whose members answer for themselves.</param>
    public void Track(string messageId, string to, bool isGroup = false)
    {
        while (_sent.Count >= _options.Awaited && _order.TryDequeue(out var oldest))
        {
            _sent.Remove(oldest.MessageId);
        }

        var sent = new Sent(messageId, Canonical(to), isGroup, _loop.Time.GetTimestamp());
        if (_sent.TryAdd(messageId, sent))
        {
            _order.Enqueue(sent);
            Await(sent);
        }
    }

    /// <summary>What is known of a message at a recipient, who may be left out where there is only one; null for a message that is not known.</summary>
    public ReceiptState? StateOf(string messageId, string? recipient = null) =>
        _sent.TryGetValue(messageId, out var sent)
            ? sent.States.GetValueOrDefault(recipient is null ? sent.To : Canonical(recipient), ReceiptState.Sent)
            : null;

    /// <summary>A receipt has come. Who speaks is whom the server or the session vouches for: nobody can speak for another recipient.</summary>
    /// <returns>Whether it is about a message of ours and comes from one who can know.</returns>
    public bool Apply(Receipt receipt)
    {
        if (!_sent.TryGetValue(receipt.MessageId, out var sent) || sent.SpeakerOf(receipt) is not { Length: <= Sent.MaximumUriLength } from ||
            !sent.MayBeToldOfBy(from, receipt.Kind))
        {
            return false;
        }

        if (StateIn(receipt.Status) is { } state)
        {
            Raise(sent, sent.IsGroup ? from : sent.To, state);
        }

        return true;
    }

    /// <summary>A success REPORT of the far end: its client has the whole message (RFC 4975 section 7.1.2).</summary>
    public void OnReported(string messageId) => Raise(messageId, ReceiptState.Delivered);

    /// <summary>The server has put it into the recipient's store (202).</summary>
    public void OnStored(string messageId) => Raise(messageId, ReceiptState.Stored);

    /// <summary>It was refused, or could not be sent.</summary>
    public void OnFailed(string messageId) => Raise(messageId, ReceiptState.Failed);

    public void Stop() => _overdue.Cancel();

    /// <summary>Addresses are compared in one form (RFC 3261 section 19.1.4): a host in capitals, a port or parameters are the same user.</summary>
    private static string Canonical(string uri) => SipUri.TryParse(uri, out var parsed) ? parsed.Aor : uri;

    private static ReceiptState? StateIn(ImdnStatus status) => status switch
    {
        ImdnStatus.Delivered => ReceiptState.Delivered,
        ImdnStatus.Displayed => ReceiptState.Displayed,
        ImdnStatus.Stored => ReceiptState.Stored,
        ImdnStatus.Failed => ReceiptState.Failed,
        _ => null, // processed says nothing of the recipient; forbidden and error say that he says nothing
    };

    private void Raise(string messageId, ReceiptState state)
    {
        if (_sent.TryGetValue(messageId, out var sent) && !sent.IsGroup)
        {
            Raise(sent, sent.To, state);
        }
    }

    private void Raise(Sent sent, string recipient, ReceiptState state)
    {
        if (state <= sent.States.GetValueOrDefault(recipient, ReceiptState.Sent) || (!sent.States.ContainsKey(recipient) && sent.States.Count >= Sent.MaximumRecipients))
        {
            return;
        }

        sent.States[recipient] = state;
        _changed(new ReceiptChange(sent.MessageId, recipient, state));
    }

    private void Await(Sent sent)
    {
        if (_options.Overdue is { } time && !sent.IsGroup)
        {
            _awaited.Enqueue(sent);
            if (!_overdue.IsArmed)
            {
                _overdue.Restart(time);
            }
        }
    }

    // All wait equally long, so that they become due in the order in which they were sent.
    private void ReportOverdue()
    {
        while (_awaited.TryPeek(out var sent))
        {
            var left = _options.Overdue!.Value - _loop.Time.GetElapsedTime(sent.Began);
            if (left > TimeSpan.Zero)
            {
                _overdue.Restart(left);
                return;
            }

            _awaited.Dequeue();
            var state = sent.States.GetValueOrDefault(sent.To, ReceiptState.Sent);
            if (state < ReceiptState.Failed && _sent.ContainsKey(sent.MessageId))
            {
                _changed(new ReceiptChange(sent.MessageId, sent.To, state, IsOverdue: true));
            }
        }
    }

    private sealed record Sent(string MessageId, string To, bool IsGroup, long Began)
    {
        /// <summary>Members of one room who may answer; as many as a roster may have.</summary>
        public const int MaximumRecipients = 10_000;

        /// <summary>Longest address of one of them that is kept.</summary>
        public const int MaximumUriLength = 512;

        public Dictionary<string, ReceiptState> States { get; } = new(StringComparer.Ordinal);

        /// <summary>Who vouches for the receipt, unless that is the group: it vouches for its members.</summary>
        public string SpeakerOf(Receipt receipt) =>
            receipt.VouchedBy is { } vouching && Canonical(vouching) is var asserted && !(IsGroup && asserted == To) ? asserted : Canonical(receipt.From);

        /// <summary>The one recipient speaks for himself. Of what happens on the way, anybody on the way may speak.</summary>
        public bool MayBeToldOfBy(string from, ImdnKind kind) => IsGroup || kind == ImdnKind.Processing || from == To;
    }
}
