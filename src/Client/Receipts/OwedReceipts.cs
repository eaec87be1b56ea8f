using OmaIm.Protocols.Imdn;
using OmaIm.Stack.Timing;

namespace OmaIm.Client.Receipts;

/// <summary>
/// The recipient's half of RFC 5438: keeps what comes, and sends the receipts that are owed until their senders have them. In a session while
/// it stands, as MESSAGE otherwise; again after a failure, a restart or a new registration. Lives on the control loop.
/// </summary>
internal sealed class OwedReceipts
{
    private readonly ControlLoop _loop;
    private readonly IMessageJournal _journal;
    private readonly ReceiptOptions _options;
    private readonly string _self;
    private readonly SendReceipt _send;
    private readonly BackOff _backOff;
    private readonly Queue<OwedReceipt> _ready = new();
    private readonly HashSet<(MessageKey Key, ImdnKind Kind)> _known = [];
    private readonly List<OwedReceipt> _failed = [];
    private readonly LoopTimer _retry;
    private int _underWay;
    private bool _isStopped;
    private bool _isPumping;

    /// <summary>Brings a receipt to the sender of a message. Ends when the sender's client, or a store for it, has it.</summary>
    /// <param name="message">The message.</param>
    /// <param name="receipt">What to tell its sender.</param>
    public delegate Task SendReceipt(JournalMessage message, ImdnDocument receipt);

    public OwedReceipts(ControlLoop loop, IMessageJournal journal, ReceiptOptions options, string self, SendReceipt send)
    {
        _loop = loop;
        _journal = journal;
        _options = options;
        _self = self;
        _send = send;
        _backOff = new BackOff(options.FirstRetry, options.LongestRetry);
        _retry = loop.CreateTimer(Retry);
    }

    /// <summary>
    /// Keeps a message, and then sends its delivery receipt. Only what is <see cref="JournalResult.Added"/> is shown; a copy is answered like the
    /// message itself, and its receipt is sent again if it is still owed.
    /// </summary>
    /// <exception cref="IOException">It could not be kept. It is not delivered, and nobody may be told so.</exception>
    public async Task<JournalResult> TakeAsync(JournalMessage message)
    {
        var result = await _journal.AppendAsync(message);
        if (result == JournalResult.Added)
        {
            Owe(new OwedReceipt(message, ImdnKind.Delivery));
        }

        return result;
    }

    /// <summary>The message was shown. Nothing is sent for one that is not known, or was shown before.</summary>
    public async Task DisplayedAsync(JournalMessage message)
    {
        await _journal.NoteDisplayedAsync(message.Key);
        Owe(new OwedReceipt(message, ImdnKind.Display));
    }

    /// <summary>Sends all that are owed: there is a way to the server, for the first time or again.</summary>
    public void Resume()
    {
        _backOff.Reset();
        Retry();
        foreach (var receipt in _journal.Owed)
        {
            Owe(receipt);
        }
    }

    public void Stop()
    {
        _isStopped = true;
        _retry.Cancel();
    }

    private void Owe(OwedReceipt receipt)
    {
        if (!_journal.Owes(receipt.Message.Key, receipt.Kind) || !_known.Add((receipt.Message.Key, receipt.Kind)))
        {
            return;
        }

        if (receipt.Kind == ImdnKind.Display ? _options.SendsDisplay : _options.SendsDelivery)
        {
            _ready.Enqueue(receipt);
            Pump();
        }
        else
        {
            _ = DropAsync(receipt);
        }
    }

    /// <summary>What is never sent must not stand in the journal as owed: it would never make room.</summary>
    private async Task DropAsync(OwedReceipt receipt)
    {
        await SettleAsync(receipt);
        _known.Remove((receipt.Message.Key, receipt.Kind));
    }

    private void Retry()
    {
        _retry.Cancel();
        foreach (var receipt in _failed)
        {
            // The journal gives up what is too old or too much.
            if (_journal.Owes(receipt.Message.Key, receipt.Kind))
            {
                _ready.Enqueue(receipt);
            }
            else
            {
                _known.Remove((receipt.Message.Key, receipt.Kind));
            }
        }

        _failed.Clear();
        Pump();
    }

    private void Pump()
    {
        if (_isPumping)
        {
            return; // one that ended at once is called back from within the loop
        }

        _isPumping = true;
        while (!_isStopped && _underWay < _options.AtOnce && _ready.TryDequeue(out var receipt))
        {
            _underWay++;
            _ = SendAsync(receipt);
        }

        _isPumping = false;
    }

    private async Task SendAsync(OwedReceipt receipt)
    {
        var isSettled = false;
        try
        {
            await _send(receipt.Message, receipt.ToImdn(_self));
            isSettled = true;
        }
        catch (Exception failure)
        {
            isSettled = IsFinal(failure);
        }

        try
        {
            await (isSettled ? SettleAsync(receipt) : Task.CompletedTask);
        }
        finally
        {
            Finish(receipt, isSettled);
        }
    }

    /// <summary>Whether another try would end the same way: the sender is gone, takes no receipts, or has an address that is none.</summary>
    private static bool IsFinal(Exception failure) => failure switch
    {
        ImException { Failure: ImFailure.Unreachable or ImFailure.SessionEnded or ImFailure.AuthenticationRefused or ImFailure.ProtocolViolation } => false,
        ImException refused => refused.StatusCode is not ((>= 300 and < 400) or 408 or 480 or 486 or 487 or 491 or (>= 500 and < 600) or 600) || refused.StatusCode is 501 or 505 or 513,
        ArgumentException => true, // what could never be written
        _ => false,
    };

    private async Task SettleAsync(OwedReceipt receipt)
    {
        try
        {
            await _journal.NoteSettledAsync(receipt.Message.Key, receipt.Kind);
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException)
        {
            // It is sent once more after a restart: the sender takes a receipt that he has for what it is.
        }
    }

    private void Finish(OwedReceipt receipt, bool isSettled)
    {
        _underWay--;
        if (isSettled)
        {
            _known.Remove((receipt.Message.Key, receipt.Kind));
            _backOff.Reset();
        }
        else
        {
            _failed.Add(receipt);
            if (!_retry.IsArmed && !_isStopped)
            {
                _retry.Restart(_backOff.Next());
            }
        }

        Pump();
    }
}
