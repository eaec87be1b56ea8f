using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OmaIm.Protocols.Sdp;

/// <summary>
/// The <c>a=file-selector</c> attribute (RFC 5547 section 6): which file is meant. To push a file it describes it as well as it can; to pull
/// one it says as much as finds it.
/// </summary>
public sealed record FileSelector
{
    /// <summary>Most hash selectors of one file.</summary>
    private const int MaximumHashes = 8;

    /// <summary>The file's name, percent escapes resolved. It comes from the peer: it may hold paths and must not be used as one.</summary>
    public string? Name { get; init; }

    /// <summary>The media type with its parameters as written, for instance <c>image/jpeg</c>.</summary>
    public string? MediaType { get; init; }

    /// <summary>Size in bytes.</summary>
    public long? Size { get; init; }

    public IReadOnlyList<FileHash> Hashes { get; init; } = [];

    /// <summary>
    /// Reads the attribute's value; empty selects nothing yet and is allowed. Selectors of other names are skipped; false for a known one that
    /// breaks its rule, or is repeated where the RFC forbids it (all but hash).
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out FileSelector? selector)
    {
        selector = null;
        var read = new FileSelector();
        List<FileHash> hashes = [];
        for (var rest = text.AsSpan(); !rest.IsEmpty;)
        {
            if (!FileGrammar.TryTakeField(ref rest, out var field) || !TryRead(field, hashes, ref read))
            {
                return false;
            }
        }

        selector = read with { Hashes = hashes };
        return true;
    }

    /// <summary>The attribute's value. Throws <see cref="ArgumentException"/> for what could not stand there.</summary>
    public override string ToString()
    {
        List<string> selectors = [];
        if (Name is { } name)
        {
            ArgumentException.ThrowIfNullOrEmpty(name);
            selectors.Add($"name:\"{FileName.Encode(name)}\"");
        }

        if (MediaType is { } type)
        {
            selectors.Add(IsMediaType(type) ? "type:" + type : throw new ArgumentException("Not a media type: " + type.ReplaceLineEndings(" ")));
        }

        if (Size is { } size)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size);
            selectors.Add(string.Create(CultureInfo.InvariantCulture, $"size:{size}"));
        }

        selectors.AddRange(Hashes.Select(hash => "hash:" + hash));
        return string.Join(' ', selectors);
    }

    public bool Equals(FileSelector? other) =>
        other is not null && (Name, MediaType, Size) == (other.Name, other.MediaType, other.Size) && Hashes.SequenceEqual(other.Hashes);

    public override int GetHashCode() => HashCode.Combine(Name, MediaType, Size, Hashes.Count);

    // selector = filename-selector / filesize-selector / filetype-selector / hash-selector
    private static bool TryRead(ReadOnlySpan<char> field, List<FileHash> hashes, ref FileSelector read)
    {
        var colon = field.IndexOf(':');
        var value = field[(colon + 1)..];
        switch (colon < 0 ? [] : field[..colon])
        {
            case "name":
                if (read.Name is not null || !FileGrammar.TryUnquote(value, out var inside) || !FileName.TryDecode(inside, out var name))
                {
                    return false;
                }

                read = read with { Name = name };
                return true;
            case "type":
                var isFirst = read.MediaType is null;
                read = read with { MediaType = value.ToString() };
                return isFirst && IsMediaType(value);
            case "size":
                var isRepeated = read.Size is not null;
                var isNumber = FileGrammar.TryReadInteger(value, out var size);
                read = read with { Size = size };
                return isNumber && !isRepeated;
            case "hash":
                if (hashes.Count == MaximumHashes || !FileHash.TryParse(value, out var hash))
                {
                    return false;
                }

                hashes.Add(hash);
                return true;
            default:
                return true;
        }
    }

    // type "/" subtype *( ";" attribute "=" DQUOTE value-string DQUOTE )
    private static bool IsMediaType(ReadOnlySpan<char> text)
    {
        var parameters = text.IndexOf(';');
        var type = parameters < 0 ? text : text[..parameters];
        var slash = type.IndexOf('/');
        return text.Length <= 256 && slash > 0 && FileGrammar.IsToken(type[..slash]) && FileGrammar.IsToken(type[(slash + 1)..]) &&
            !text.ContainsAnyInRange('\0', '\u001f') && FileGrammar.TryTakeField(ref text, out _) && text.IsEmpty;
    }
}
