namespace OmaIm.Client.Receipts;

/// <summary>What became of a message given to <see cref="IMessageJournal.AppendAsync"/>.</summary>
public enum JournalResult
{
    /// <summary>It is new, and safe.</summary>
    Added,

    /// <summary>It is there already, safe: it came a second time and must not be shown again.</summary>
    Duplicate,

    /// <summary>There is no room: every message there still owes a receipt. This one must not be said to be delivered.</summary>
    Full,
}
