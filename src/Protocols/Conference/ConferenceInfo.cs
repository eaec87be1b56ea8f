using System.Diagnostics.CodeAnalysis;

namespace OmaIm.Protocols.Conference;

/// <summary>An application/conference-info+xml document (RFC 4575 section 5), as far as chat rooms need it.</summary>
public sealed record ConferenceInfo
{
    public const string ContentType = "application/conference-info+xml";

    /// <summary>The conference URI.</summary>
    public required string Entity { get; init; }

    /// <summary>One higher in each document sent to one subscriber; 0 to 2^32-1.</summary>
    public uint Version { get; init; }

    public InfoState State { get; init; }

    public string? DisplayText { get; init; }

    public string? Subject { get; init; }

    public int? MaximumUserCount { get; init; }

    public int? UserCount { get; init; }

    public IReadOnlyList<ConferenceUser> Users { get; init; } = [];

    public static bool TryParse(ReadOnlyMemory<byte> document, [NotNullWhen(true)] out ConferenceInfo? info) => throw new NotSupportedException();

    public byte[] ToBytes() => throw new NotSupportedException();
}
