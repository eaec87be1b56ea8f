using System.Diagnostics.CodeAnalysis;

namespace OmaIm.Protocols.Conference;

/// <summary>An application/conference-info+xml document (RFC 4575 section 5), as far as chat rooms need it.</summary>
public sealed record ConferenceInfo
{
    public const string ContentType = "application/conference-info+xml";

    /// <summary>Longest document that is read, in characters: a full roster of some 4,000 members.</summary>
    public const int MaximumCharacters = 1024 * 1024;

    /// <summary>Most users in one document or roster.</summary>
    public const int MaximumUsers = 10_000;

    /// <summary>The conference URI.</summary>
    public required string Entity { get; init; }

    /// <summary>One higher in each document sent to one subscriber; 0 to 2^32-1.</summary>
    public uint Version { get; init; }

    public InfoState State { get; init; }

    public string? DisplayText { get; init; }

    public string? Subject { get; init; }

    public int? MaximumUserCount { get; init; }

    public int? UserCount { get; init; }

    /// <summary>
    /// Whether <see cref="Users"/> is the whole list or names changes. Null when writing means: as the document's state. A read
    /// document that says nothing of users has <see cref="InfoState.Partial"/> and no users.
    /// </summary>
    public InfoState? UsersState { get; init; }

    public IReadOnlyList<ConferenceUser> Users { get; init; } = [];

    /// <summary>Reads a document. Unknown elements and attribute values are skipped; false for what is no conference-info, has no entity or version, or crosses a limit.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> document, [NotNullWhen(true)] out ConferenceInfo? info) =>
        ConferenceInfoReader.TryRead(document, out info);

    /// <summary>Writes the document. Throws <see cref="ArgumentException"/> for characters that XML cannot carry.</summary>
    public byte[] ToBytes() => ConferenceInfoWriter.Write(this);
}
