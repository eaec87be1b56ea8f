using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Msrp;

/// <summary>Finds the end of a body. The end-line alone frames it; a Byte-Range is only its sender's claim.</summary>
internal static class MsrpEndLine
{
    private const int Prefix = 9;

    /// <summary>Longest end-line with the CRLF before it: CRLF, hyphens, transaction id, flag, CRLF.</summary>
    public const int MaximumLength = Prefix + MsrpGrammar.IdentMaximum + 1 + 2;

    /// <param name="data">Bytes that hold the body from some offset on.</param>
    /// <param name="from">Where to begin; no end-line begins before it.</param>
    /// <param name="transactionId">The transaction id of the start line.</param>
    /// <param name="at">Complete: where the CRLF before the hyphens stands. NeedMoreData: no end-line can begin before it.</param>
    /// <param name="flag">The continuation flag.</param>
    public static ParseStatus Find(ReadOnlySpan<byte> data, int from, ReadOnlySpan<byte> transactionId, out int at, out MsrpFlag flag)
    {
        Span<byte> needle = stackalloc byte[Prefix + MsrpGrammar.IdentMaximum];
        "\r\n-------"u8.CopyTo(needle);
        transactionId.CopyTo(needle[Prefix..]);
        needle = needle[..(Prefix + transactionId.Length)];
        flag = MsrpFlag.Complete;
        for (at = from; ; at++)
        {
            var found = data[at..].IndexOf(needle);
            if (found < 0)
            {
                at = Math.Max(at, data.Length - needle.Length + 1);
                return ParseStatus.NeedMoreData;
            }

            at += found;
            var rest = data[(at + needle.Length)..];
            if (rest.StartsWith("\r\n"u8))
            {
                return ParseStatus.Malformed;
            }

            if (rest.Length < 3)
            {
                return ParseStatus.NeedMoreData;
            }

            flag = (MsrpFlag)rest[0];
            var isLine = rest[1] == '\r' && rest[2] == '\n';
            if (isLine && flag is (MsrpFlag.Complete or MsrpFlag.More or MsrpFlag.Abort))
            {
                return ParseStatus.Complete;
            }

            // A longer id is another transaction's and plain text; anything else at the flag's place is no flag.
            if (isLine && !MsrpGrammar.IdentChar.Contains(rest[0]))
            {
                return ParseStatus.Malformed;
            }
        }
    }
}
