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

    public int FromCount { get; private init; }

    public int ToCount { get; private init; }

    /// <summary>Bytes up to and including the blank line: where the MIME headers of the content begin.</summary>
    public int Length { get; private init; }

    public static ParseStatus Scan(ReadOnlySpan<byte> body, out CpimHeaderBlock block) => throw new NotSupportedException();
}
