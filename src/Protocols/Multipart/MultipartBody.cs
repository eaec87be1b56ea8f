using System.Diagnostics.CodeAnalysis;

namespace OmaIm.Protocols.Multipart;

/// <summary>Multipart bodies (RFC 2046 section 5.1; in SIP: RFC 5621).</summary>
public static class MultipartBody
{
    /// <summary>Multiparts inside multiparts, the outermost counted.</summary>
    public const int MaximumDepth = 8;

    /// <summary>Parts of one body, all depths together.</summary>
    public const int MaximumParts = 64;

    /// <summary>Reads a multipart body. False when the boundary is missing or wrong, the closing boundary is missing, or a limit is crossed.</summary>
    /// <param name="contentType">The whole Content-Type value with its boundary parameter.</param>
    /// <param name="body">The body; the parts refer to its memory.</param>
    /// <param name="parts">The outermost parts.</param>
    public static bool TryParse(string contentType, ReadOnlyMemory<byte> body, [NotNullWhen(true)] out IReadOnlyList<BodyPart>? parts) => throw new NotSupportedException();

    /// <summary>Writes the parts as a multipart body with a boundary that occurs in none of them.</summary>
    /// <param name="subtype"><c>mixed</c>, <c>related</c>, <c>alternative</c>...</param>
    /// <param name="parts">The parts, nested ones included.</param>
    /// <param name="contentType">The Content-Type value to send with the body.</param>
    public static byte[] Write(string subtype, IReadOnlyList<BodyPart> parts, out string contentType) => throw new NotSupportedException();
}
