namespace OmaIm.Client.Receipts;

/// <summary>What stands at one place of a journal.</summary>
internal enum JournalFinding
{
    Record,

    /// <summary>A record of whose two lengths one was damaged: its sum says which.</summary>
    Mended,

    /// <summary>No record that can be read. Where its length is known, the next one stands behind it; otherwise all that follows is lost.</summary>
    Damaged,

    /// <summary>The beginning of a record that would end behind the end of the file.</summary>
    CutShort,
}
