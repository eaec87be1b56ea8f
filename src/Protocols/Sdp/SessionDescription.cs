using System.Diagnostics.CodeAnalysis;

namespace OmaIm.Protocols.Sdp;

/// <summary>A session description (RFC 8866), as far as offer and answer for MSRP need it.</summary>
public sealed record SessionDescription
{
    public required SdpOrigin Origin { get; init; }

    public string OriginUser => Origin.User;

    public string SessionId => Origin.SessionId;

    /// <summary>The version of the <c>o=</c> line in decimal.</summary>
    public string SessionVersion => throw new NotSupportedException();

    /// <summary>The <c>s=</c> line; <c>-</c> when there is no name.</summary>
    public string SessionName { get; init; } = "-";

    /// <summary>The address of the session's <c>c=</c> line, or null when only the media sections have one.</summary>
    public string? ConnectionAddress { get; init; }

    /// <summary>The session level <c>a=</c> lines.</summary>
    public IReadOnlyList<SdpAttribute> Attributes { get; init; } = [];

    public IReadOnlyList<MediaDescription> Media { get; init; } = [];

    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out SessionDescription? description) => throw new NotSupportedException();

    public byte[] ToBytes() => throw new NotSupportedException();
}
