using System.Buffers;

namespace OmaIm.Protocols.Cpim;

/// <summary>Writes message/cpim bodies (RFC 3862): canonical header names, CRLF line ends, values escaped.</summary>
public static class CpimWriter
{
    /// <summary>Wraps content. Refuses control characters in URIs, names and types with ArgumentException.</summary>
    public static byte[] Wrap(
        string fromUri,
        string? fromName,
        string toUri,
        DateTimeOffset time,
        string contentType,
        ReadOnlySpan<byte> content,
        IEnumerable<CpimHeader>? extraHeaders = null) => throw new NotSupportedException();

    /// <inheritdoc cref="Wrap"/>
    public static void Write(
        IBufferWriter<byte> output,
        string fromUri,
        string? fromName,
        string toUri,
        DateTimeOffset time,
        string contentType,
        ReadOnlySpan<byte> content,
        IEnumerable<CpimHeader>? extraHeaders = null) => throw new NotSupportedException();
}
