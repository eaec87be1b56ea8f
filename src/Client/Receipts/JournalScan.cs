namespace OmaIm.Client.Receipts;

/// <summary>What the bytes of a journal hold after their first eight, and what of it is lost.</summary>
/// <param name="Length">Bytes up to the end of the last record that can be read.</param>
/// <param name="Lost">Bytes that are no records.</param>
/// <param name="IsDamaged">Whether more is lost than the record that a crash left half written at the end.</param>
internal readonly record struct JournalScan(int Length, int Lost, bool IsDamaged)
{
    /// <summary>Reads all records that can be read. One with a wrong sum is stepped over by its length.</summary>
    public static JournalScan Read(ReadOnlyMemory<byte> bytes, int start, JournalContents contents)
    {
        var (at, length, read) = (start, start, 0);
        while (at < bytes.Length)
        {
            var isRecord = JournalRecord.TryRead(bytes[at..], out var record, out var step);
            if (step == 0)
            {
                break;
            }

            at += step;
            if (isRecord)
            {
                (length, read) = (at, read + step);
                if (record is not null)
                {
                    contents.Apply(record);
                }
            }
        }

        var lost = bytes.Length - start - read;
        var end = bytes[length..].Span;
        var isTorn = at == length && lost == end.Length && (IsBegun(end) || !end.ContainsAnyExcept((byte)0));
        return new JournalScan(length, lost, lost > 0 && !isTorn);
    }

    // A length that reaches beyond the end, or not even that.
    private static bool IsBegun(ReadOnlySpan<byte> end) => end.Length < sizeof(int) || BitConverter.ToInt32(end) > 0;
}
