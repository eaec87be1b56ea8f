namespace OmaIm.Protocols.Sdp;

/// <summary>One <c>m=</c> section of a session description (RFC 8866 section 5.14).</summary>
public sealed record MediaDescription
{
    /// <summary>The media type: <c>message</c> for MSRP.</summary>
    public required string Media { get; init; }

    /// <summary>The transport port, 0 to 65535; 0 means that the stream is rejected or not used (RFC 3264 section 6).</summary>
    public required int Port { get; init; }

    /// <summary>The transport protocol, for example <c>TCP/MSRP</c>.</summary>
    public required string Protocol { get; init; }

    /// <summary>The format list as written; <c>*</c> for MSRP.</summary>
    public required string Formats { get; init; }

    /// <summary>The <c>i=</c> line: words for people, such as what is in a file (RFC 5547 section 6); null when there is none.</summary>
    public string? Information { get; init; }

    /// <summary>The address of this section's own <c>c=</c> line, or null when the session's applies.</summary>
    public string? ConnectionAddress { get; init; }

    /// <summary>The <c>a=</c> lines in their order.</summary>
    public IReadOnlyList<SdpAttribute> Attributes { get; init; } = [];

    /// <summary>The value of the first attribute of that name: empty for a property attribute, null when there is none.</summary>
    public string? Attribute(string name) => Attributes.ValueOf(name);
}
