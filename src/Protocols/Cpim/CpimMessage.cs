using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Multipart;

namespace OmaIm.Protocols.Cpim;

/// <summary>A message/cpim body (RFC 3862). The wrapped content is left as it is, a message/cpim inside included.</summary>
public sealed class CpimMessage
{
    /// <summary>The sender, or null when there is no From (some clients leave it out).</summary>
    public CpimAddress? From { get; init; }

    public IReadOnlyList<CpimAddress> To { get; init; } = [];

    public IReadOnlyList<CpimAddress> Cc { get; init; } = [];

    public DateTimeOffset? DateTime { get; init; }

    public string? Subject { get; init; }

    /// <summary>All message headers in their order.</summary>
    public IReadOnlyList<CpimHeader> Headers { get; init; } = [];

    /// <summary>The MIME headers of the wrapped content.</summary>
    public IReadOnlyList<MimeHeader> ContentHeaders { get; init; } = [];

    /// <summary>The wrapped content's Content-Type as written, or null.</summary>
    public string? ContentType => throw new NotSupportedException();

    /// <summary>The wrapped content, byte for byte.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>The first header of that name, for From, To, Subject and other names without a prefix; or null.</summary>
    public string? Header(string name) => throw new NotSupportedException();

    /// <summary>The first header of that name in a namespace, whatever prefix the message gave it by NS; or null.</summary>
    public string? Header(string namespaceUri, string name) => throw new NotSupportedException();

    public static bool TryParse(ReadOnlyMemory<byte> body, [NotNullWhen(true)] out CpimMessage? message) => throw new NotSupportedException();
}
