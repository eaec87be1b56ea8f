using System.Diagnostics.CodeAnalysis;

namespace OmaIm.Protocols.Imdn;

/// <summary>A message/imdn+xml document (RFC 5438 section 11): what became of one message at one recipient.</summary>
public sealed record ImdnDocument
{
    public const string ContentType = "message/imdn+xml";

    /// <summary>Longest document that is read, in characters: some 300 are the rule, and a subject may be long.</summary>
    public const int MaximumCharacters = 16 * 1024;

    /// <summary>Longest message-id that is read, in characters. It becomes a key of tables.</summary>
    public const int MaximumIdLength = 256;

    /// <summary>The imdn.Message-ID of the message that this is about.</summary>
    public required string MessageId { get; init; }

    /// <summary>The DateTime of that message as its sender wrote it, or null where the document has none that can be read.</summary>
    public DateTimeOffset? DateTime { get; init; }

    /// <summary>Who speaks: the recipient.</summary>
    public string? RecipientUri { get; init; }

    /// <summary>To whom the message was first addressed: imdn.Original-To, or else its To.</summary>
    public string? OriginalRecipientUri { get; init; }

    public string? Subject { get; init; }

    public required ImdnKind Kind { get; init; }

    public required ImdnStatus Status { get; init; }

    /// <summary>Whether the schema knows that status for that kind.</summary>
    public static bool IsPossible(ImdnKind kind, ImdnStatus status) => status switch
    {
        ImdnStatus.Delivered or ImdnStatus.Failed => kind == ImdnKind.Delivery,
        ImdnStatus.Processed or ImdnStatus.Stored => kind == ImdnKind.Processing,
        ImdnStatus.Displayed => kind == ImdnKind.Display,
        _ => true,
    };

    /// <summary>
    /// Reads a document. What the schema does not know is skipped, its order is not asked for; false for what is no imdn, has no message-id,
    /// has not just one notification with one status, or crosses a limit.
    /// </summary>
    public static bool TryParse(ReadOnlyMemory<byte> document, [NotNullWhen(true)] out ImdnDocument? imdn) => ImdnReader.TryRead(document, out imdn);

    /// <summary>Writes the document. Throws <see cref="ArgumentException"/> for a status that the kind does not have, and for characters that XML cannot carry.</summary>
    public byte[] ToBytes() => ImdnWriter.Write(this);
}
