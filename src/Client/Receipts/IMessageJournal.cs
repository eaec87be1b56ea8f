using OmaIm.Protocols.Imdn;

namespace OmaIm.Client.Receipts;

/// <summary>
/// The port to where received messages are kept before their receipts go out: nothing is said to be delivered that a crash could take away
/// again, nothing is shown twice, and receipts that are owed are not forgotten. Any thread.
/// </summary>
public interface IMessageJournal : IAsyncDisposable
{
    /// <summary>The messages there, oldest first.</summary>
    IReadOnlyList<JournalMessage> Messages { get; }

    /// <summary>The receipts that are owed, oldest message first.</summary>
    IReadOnlyList<OwedReceipt> Owed { get; }

    /// <summary>Whether this receipt is owed.</summary>
    bool Owes(MessageKey key, ImdnKind kind);

    /// <summary>Keeps a message. Ends when it is as safe as this journal makes anything.</summary>
    /// <exception cref="IOException">It could not be kept; it may be tried again.</exception>
    Task<JournalResult> AppendAsync(JournalMessage message);

    /// <summary>The message was shown; from then on the display receipt is owed, if it was asked for. Nothing happens for an unknown message.</summary>
    /// <exception cref="IOException">It could not be noted.</exception>
    Task NoteDisplayedAsync(MessageKey key);

    /// <summary>The receipt has reached the sender, or never will: it is no longer owed.</summary>
    /// <exception cref="IOException">It could not be noted; it will be sent again, which does no harm.</exception>
    Task NoteSettledAsync(MessageKey key, ImdnKind kind);
}
