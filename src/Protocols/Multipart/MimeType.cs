using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace OmaIm.Protocols.Multipart;

/// <summary>The value of a Content-Type or Content-Disposition header: a type with parameters (RFC 2045 section 5.1, RFC 2183 section 2).</summary>
public sealed class MimeType
{
    /// <summary>Most parameters of one value; nothing in use here has more than a handful.</summary>
    private const int MaximumParameters = 16;

    // token = 1*<any (US-ASCII) CHAR except SPACE, CTLs, or tspecials>; tspecials = ()<>@,;:\"/[]?=
    private static readonly SearchValues<char> Token =
        SearchValues.Create("!#$%&'*+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz{|}~");

    private readonly List<KeyValuePair<string, string>> _parameters = [];

    private MimeType(string name) => Name = name;

    /// <summary><c>type/subtype</c>, or a disposition type, in lower case.</summary>
    public string Name { get; }

    /// <summary>The parameter's value, quotes resolved, or null. Names are compared whole and case-insensitively.</summary>
    public string? Parameter(string name)
    {
        foreach (var (key, value) in _parameters)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Reads a value. False when it breaks the grammar or repeats a parameter.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out MimeType? type)
    {
        type = null;
        var rest = text.AsSpan().Trim(" \t");
        var name = TakeToken(ref rest);
        var isWhole = name.Length > 0;
        if (rest is ['/', ..])
        {
            rest = rest[1..];
            isWhole &= TakeToken(ref rest) is { Length: > 0 };
        }

        if (!isWhole)
        {
            return false;
        }

        var read = new MimeType(text.AsSpan().Trim(" \t")[..^rest.Length].ToString().ToLowerInvariant());
        while (!(rest = rest.TrimStart(" \t")).IsEmpty)
        {
            if (!read.TryTakeParameter(ref rest))
            {
                return false;
            }
        }

        type = read;
        return true;
    }

    // ";" attribute "=" value ; value = token / quoted-string
    private bool TryTakeParameter(ref ReadOnlySpan<char> rest)
    {
        if (rest is not [';', ..])
        {
            return false;
        }

        rest = rest[1..].TrimStart(" \t");
        if (rest.IsEmpty)
        {
            return true; // a lone semicolon at the end, as some clients write it
        }

        var name = TakeToken(ref rest).ToString();
        rest = rest.TrimStart(" \t");
        if (name.Length == 0 || rest is not ['=', ..] || Parameter(name) is not null || _parameters.Count == MaximumParameters)
        {
            return false;
        }

        rest = rest[1..].TrimStart(" \t");
        string? value = rest is ['"', ..] ? TakeQuoted(ref rest) : TakeToken(ref rest) is { Length: > 0 } token ? token.ToString() : null;
        if (value is null)
        {
            return false;
        }

        _parameters.Add(new(name, value));
        return true;
    }

    private static ReadOnlySpan<char> TakeToken(ref ReadOnlySpan<char> rest)
    {
        var end = rest.IndexOfAnyExcept(Token);
        var token = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[end..];
        return token;
    }

    private static string? TakeQuoted(ref ReadOnlySpan<char> rest)
    {
        var value = new System.Text.StringBuilder();
        for (var i = 1; i < rest.Length; i++)
        {
            switch (rest[i])
            {
                case '"':
                    rest = rest[(i + 1)..];
                    return value.ToString();
                case '\\' when i + 1 < rest.Length && !char.IsControl(rest[i + 1]):
                    value.Append(rest[++i]);
                    break;
                case < ' ' or '\u007f':
                    return null;
                default:
                    value.Append(rest[i]);
                    break;
            }
        }

        return null;
    }
}
