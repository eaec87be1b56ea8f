namespace OmaIm.Protocols.Sdp;

/// <summary>What one side says of its end of an MSRP session (RFC 4975 section 8, RFC 6135, RFC 7701 section 8).</summary>
public sealed record MsrpMedia
{
    public const string OverTcp = "TCP/MSRP";
    public const string OverTls = "TCP/TLS/MSRP";

    /// <summary><see cref="OverTcp"/> or <see cref="OverTls"/>.</summary>
    public string Protocol { get; init; } = OverTcp;

    /// <summary>Address of the <c>c=</c> line: host name, IPv4 address or IPv6 address without brackets.</summary>
    public required string Host { get; init; }

    /// <summary>Port of the <c>m=</c> line.</summary>
    public required int Port { get; init; }

    /// <summary>The whole value of <c>a=path</c>: one MSRP URI, or several where relays are used.</summary>
    public required string Path { get; init; }

    /// <summary><c>a=accept-types</c>: media types, <c>type/*</c> and <c>*</c>.</summary>
    public IReadOnlyList<string> AcceptTypes { get; init; } = ["message/cpim"];

    /// <summary><c>a=accept-wrapped-types</c>: what is accepted inside a container only.</summary>
    public IReadOnlyList<string> AcceptWrappedTypes { get; init; } = [];

    /// <summary><c>a=max-size</c> (also read as <c>a=maxsize</c>): largest whole message in bytes, or null for no limit.</summary>
    public long? MaxSize { get; init; }

    /// <summary><c>a=setup</c>, or null when absent (then the offerer connects, RFC 4975 section 5.4).</summary>
    public SetupRole? Setup { get; init; }

    /// <summary><c>a=fingerprint</c>: the certificate that this side shows over TLS; null when it names none, or by no hash of worth.</summary>
    public CertificateFingerprint? Fingerprint { get; init; }

    /// <summary>Whether <c>a=chatroom</c> is there (RFC 7701 section 8).</summary>
    public bool IsChatroom { get; init; }

    /// <summary>The tokens of <c>a=chatroom</c>, for example <c>nickname</c> and <c>private-messages</c>.</summary>
    public IReadOnlyList<string> ChatroomTokens { get; init; } = [];

    public MediaDirection Direction { get; init; }

    /// <summary>The file that the stream transfers (RFC 5547); null for a chat.</summary>
    public FileTransfer? File { get; init; }

    /// <summary>Whether <c>a=msrp-cema</c> (RFC 6714) is there. It is read; nothing depends on it.</summary>
    public bool IsCema { get; init; }

    /// <summary>Whether this side takes messages of that media type unwrapped.</summary>
    public bool Accepts(string mediaType) => MediaTypeList.Matches(AcceptTypes, mediaType);

    /// <summary>
    /// Whether this side takes that media type inside a container, message/cpim for one. What is accepted unwrapped is accepted
    /// wrapped too; accept-wrapped-types only adds to it (RFC 4975 section 8.6).
    /// </summary>
    public bool AcceptsWrapped(string mediaType) => MediaTypeList.Matches(AcceptWrappedTypes, mediaType) || Accepts(mediaType);
}
