using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Cpim;

/// <summary>What the switch must know of a message/cpim before it passes it on, found without allocating.</summary>
public readonly ref struct CpimHeaderBlock
{
    /// <summary>Largest message header block in bytes, blank line included.</summary>
    public const int MaximumLength = 8 * 1024;

    /// <summary>The URI of the first From, without its angle brackets; empty when there is none.</summary>
    public ReadOnlySpan<byte> FromUri { get; private init; }

    /// <summary>The URI of the first To, without its angle brackets; empty when there is none.</summary>
    public ReadOnlySpan<byte> ToUri { get; private init; }

    /// <summary>How many From lines there are; one is the rule.</summary>
    public int FromCount { get; private init; }

    /// <summary>How many To lines there are.</summary>
    public int ToCount { get; private init; }

    /// <summary>Bytes up to and including the blank line: where the MIME headers of the content begin.</summary>
    public int Length { get; private init; }

    /// <summary>
    /// Scans the message headers (RFC 3862 section 2). <see cref="ParseStatus.NeedMoreData"/>: the blank line is not there yet,
    /// look again with the next chunk; on the last chunk it means that the message is broken. <see cref="ParseStatus.Malformed"/>:
    /// a line that is no header, a control character, a block over <see cref="MaximumLength"/>, or a line that could hide a second
    /// sender (see the source of CpimNames).
    /// </summary>
    /// <param name="body">The beginning of the message/cpim body.</param>
    /// <param name="block">What was found; its spans point into <paramref name="body"/>. Only for <see cref="ParseStatus.Complete"/>.</param>
    public static ParseStatus Scan(ReadOnlySpan<byte> body, out CpimHeaderBlock block)
    {
        block = default;
        var text = body.Length > MaximumLength ? body[..MaximumLength] : body;
        ReadOnlySpan<byte> from = default;
        ReadOnlySpan<byte> to = default;
        int fromCount = 0, toCount = 0, length = 0;
        while (true)
        {
            var status = CpimLine.TryRead(text[length..], out var line);
            if (status != ParseStatus.Complete)
            {
                return status == ParseStatus.NeedMoreData && text.Length == MaximumLength ? ParseStatus.Malformed : status;
            }

            length += line.Length;
            if (line.Name.IsEmpty)
            {
                block = new CpimHeaderBlock { FromUri = from, ToUri = to, FromCount = fromCount, ToCount = toCount, Length = length };
                return ParseStatus.Complete;
            }

            if (CpimNames.IsDisguise(line) ||
                (line.Name.SequenceEqual("From"u8) && !TryCount(line.Value, ref from, ref fromCount)) ||
                (line.Name.SequenceEqual("To"u8) && !TryCount(line.Value, ref to, ref toCount)))
            {
                return ParseStatus.Malformed;
            }
        }
    }

    private static bool TryCount(ReadOnlySpan<byte> value, scoped ref ReadOnlySpan<byte> first, scoped ref int count)
    {
        if (!CpimAddressSyntax.TryRead(value, out _, out var uri))
        {
            return false;
        }

        if (count++ == 0)
        {
            first = uri;
        }

        return true;
    }
}
