using System.IO.Compression;

namespace OmaIm.Protocols.Text;

/// <summary>
/// The codings in which a body may come (RFC 3261 section 20.12): "deflate", which is the zlib format of RFC 1950, and "gzip" (RFC 1952). One of
/// them at most: nobody packs twice.
/// </summary>
public static class ContentCoding
{
    /// <summary>The codings that are known, as Accept-Encoding names them (RFC 3261 section 20.2).</summary>
    public const string Known = "deflate, gzip";

    private const string Identity = "identity";

    /// <summary>Whether the values of a Content-Encoding can be undone at all.</summary>
    public static bool IsKnown(IReadOnlyList<string> codings) => codings switch
    {
        [] => true,
        [var only] => Is(only, Identity) || Is(only, "deflate") || Is(only, "gzip"),
        _ => false,
    };

    /// <summary>Unpacks a body; false for codings that are not known, for content that is not in them, and for a result that is too long.</summary>
    /// <param name="codings">The values of Content-Encoding; none, for a body as it is.</param>
    /// <param name="content">The body as it came.</param>
    /// <param name="maximumLength">The longest result in bytes: a thousand times as much as came is possible.</param>
    /// <param name="decoded">The body as it was meant.</param>
    public static bool TryDecode(IReadOnlyList<string> codings, ReadOnlyMemory<byte> content, int maximumLength, out ReadOnlyMemory<byte> decoded)
    {
        decoded = content;
        if (codings.Count == 0 || !IsKnown(codings))
        {
            return codings.Count == 0;
        }

        if (Is(codings[0], Identity))
        {
            return true;
        }

        using var source = new MemoryStream(content.ToArray());
        using Stream unpacking = Is(codings[0], "gzip") ? new GZipStream(source, CompressionMode.Decompress) : new ZLibStream(source, CompressionMode.Decompress);
        return TryRead(unpacking, maximumLength, out decoded);
    }

    private static bool TryRead(Stream unpacking, int maximumLength, out ReadOnlyMemory<byte> decoded)
    {
        decoded = default;
        var result = new MemoryStream();
        Span<byte> buffer = stackalloc byte[4096];
        try
        {
            while (unpacking.Read(buffer) is var read and > 0)
            {
                if (result.Length + read > maximumLength)
                {
                    return false;
                }

                result.Write(buffer[..read]);
            }
        }
        catch (InvalidDataException)
        {
            return false;
        }

        decoded = result.GetBuffer().AsMemory(0, (int)result.Length);
        return true;
    }

    private static bool Is(string coding, string name) => coding.Equals(name, StringComparison.OrdinalIgnoreCase);
}
