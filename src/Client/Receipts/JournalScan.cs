namespace OmaIm.Client.Receipts;

/// <summary>What the bytes of a journal hold after their first eight, and what of it is lost.</summary>
/// <param name="Length">Bytes up to the end of the last record that can be read.</param>
/// <param name="Lost">Bytes that are no records.</param>
/// <param name="IsDamaged">Whether something else was found than records and, at the end, the one that a crash has cut short.</param>
internal readonly record struct JournalScan(int Length, int Lost, bool IsDamaged)
{
    /// <summary>Reads all records that can be read. One with a wrong sum is stepped over by its length.</summary>
    public static JournalScan Read(ReadOnlyMemory<byte> bytes, int start, JournalContents contents)
    {
        var (at, length, read) = (start, start, 0);
        var isDamaged = false;
        while (at < bytes.Length)
        {
            var finding = JournalRecord.Read(bytes[at..], out var record, out var step);
            if (step == 0)
            {
                isDamaged |= finding == JournalFinding.Damaged && !IsHole(bytes.Span[at..]);
                break;
            }

            isDamaged |= finding != JournalFinding.Record;
            at += step;
            if (finding != JournalFinding.Damaged)
            {
                (length, read) = (at, read + step);
                if (record is not null)
                {
                    contents.Apply(record);
                }
            }
        }

        return new JournalScan(length, bytes.Length - start - read, isDamaged);
    }

    // A file may have been made longer by a crash before anything was written there.
    private static bool IsHole(ReadOnlySpan<byte> end) => !end.ContainsAnyExcept((byte)0);
}
