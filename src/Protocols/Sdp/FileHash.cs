using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace OmaIm.Protocols.Sdp;

/// <summary>A hash of a whole file (RFC 5547 section 6). The RFC knows sha-1 alone; others are kept as they are.</summary>
public sealed record FileHash
{
    public const string Sha1 = "sha-1";

    /// <summary>Longest value in bytes: twice that of SHA-512.</summary>
    private const int MaximumBytes = 128;

    private FileHash(string algorithm, string value) => (Algorithm, Value) = (algorithm, value);

    /// <summary>The algorithm in lower case.</summary>
    public string Algorithm { get; }

    /// <summary>Upper case hexadecimal digits, a colon between two bytes.</summary>
    public string Value { get; }

    /// <summary>The hash of a file.</summary>
    /// <param name="bytes">1 to 128 bytes.</param>
    /// <param name="algorithm">A token in lower case.</param>
    public static FileHash Of(ReadOnlySpan<byte> bytes, string algorithm = Sha1)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bytes.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, MaximumBytes);
        return new FileHash(algorithm, string.Join(':', bytes.ToArray().Select(octet => octet.ToString("X2", System.Globalization.CultureInfo.InvariantCulture))));
    }

    // hash-algorithm ":" hash-value ; hash-value = 2HEXDIG *(":" 2HEXDIG)
    internal static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out FileHash? hash)
    {
        hash = null;
        var colon = text.IndexOf(':');
        if (colon < 1 || text.Length - colon > 3 * MaximumBytes || (text.Length - colon) % 3 != 0 || !FileGrammar.IsToken(text[..colon]))
        {
            return false;
        }

        Span<byte> octet = stackalloc byte[1];
        for (var at = colon; at < text.Length; at += 3)
        {
            if (text[at] != ':' || Convert.FromHexString(text.Slice(at + 1, 2), octet, out _, out _) != OperationStatus.Done)
            {
                return false;
            }
        }

        hash = new FileHash(text[..colon].ToString().ToLowerInvariant(), text[(colon + 1)..].ToString().ToUpperInvariant());
        return true;
    }

    /// <summary><c>sha-1:72:24:5F...</c></summary>
    public override string ToString() => $"{Algorithm}:{Value}";
}
