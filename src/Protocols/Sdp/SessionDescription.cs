using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OmaIm.Protocols.Sdp;

/// <summary>A session description (RFC 8866), as far as offer and answer for MSRP need it.</summary>
public sealed record SessionDescription
{
    public required SdpOrigin Origin { get; init; }

    public string OriginUser => Origin.User;

    public string SessionId => Origin.SessionId;

    /// <summary>The version of the <c>o=</c> line in decimal.</summary>
    public string SessionVersion => Origin.Version.ToString(CultureInfo.InvariantCulture);

    /// <summary>The <c>s=</c> line; <c>-</c> when there is no name.</summary>
    public string SessionName { get; init; } = "-";

    /// <summary>The address of the session's <c>c=</c> line, or null when only the media sections have one.</summary>
    public string? ConnectionAddress { get; init; }

    /// <summary>The session level <c>a=</c> lines.</summary>
    public IReadOnlyList<SdpAttribute> Attributes { get; init; } = [];

    public IReadOnlyList<MediaDescription> Media { get; init; } = [];

    /// <summary>
    /// Reads a description. Missing <c>s=</c> and <c>t=</c> lines, LF line ends and unknown line types are tolerated; false for a
    /// missing or repeated <c>v=</c> or <c>o=</c>, a number out of range, control characters, invalid UTF-8, or a crossed limit (<see cref="SdpLimits"/>).
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out SessionDescription? description) =>
        SdpReader.TryRead(text, out description);

    /// <summary>Writes the description. Throws <see cref="ArgumentException"/> when a value could not stand on its line.</summary>
    public byte[] ToBytes() => SdpWriter.Write(this);

    /// <summary>The value of the first session level attribute of that name: empty for a property attribute, null when there is none.</summary>
    public string? Attribute(string name) => Attributes.ValueOf(name);
}
