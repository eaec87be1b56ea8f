using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace OmaIm.Protocols.Sip;

/// <summary>Reads one value of a header; false when it breaks the grammar.</summary>
internal delegate bool HeaderParser<T>(ReadOnlySpan<byte> value, [NotNullWhen(true)] out T? header)
    where T : class;

/// <content>The lazy typed slots: nothing is parsed or allocated before somebody asks.</content>
public sealed partial class SipHeaders
{
    /// <summary>More elements than any honest list has: a longer one is malformed, before it costs an object per byte.</summary>
    internal const int MaximumListValues = 128;

    private static readonly object Malformed = new();

    /// <summary>The value of a header that stands once at most; null when absent, malformed or repeated.</summary>
    internal T? Single<T>(SipHeaderId id, HeaderParser<T> parser)
        where T : class
    {
        var index = IndexOf(id);
        if (index < 0)
        {
            return null;
        }

        ref var field = ref CollectionsMarshal.AsSpan(_fields)[index];
        field.Typed ??= CountOf(id) == 1 && parser(field.Value.Span, out var header) ? header : Malformed;
        return field.Typed as T;
    }

    /// <summary>The first element of a comma-separated list; null when absent or malformed. The other elements are not looked at.</summary>
    internal T? FirstOfList<T>(SipHeaderId id, HeaderParser<T> parser)
        where T : class
    {
        var index = IndexOf(id);
        if (index < 0)
        {
            return null;
        }

        ref var field = ref CollectionsMarshal.AsSpan(_fields)[index];
        if (field.Typed is null)
        {
            var value = field.Value.Span;
            field.Typed = parser(value[..CommaList.FirstLength(value)].Trim(" \t"u8), out var header) ? header : Malformed;
        }

        return field.Typed is T[] list ? list[0] : field.Typed as T;
    }

    /// <summary>All elements of all lines; empty when absent, and when any element is malformed.</summary>
    internal IReadOnlyList<T> List<T>(SipHeaderId id, HeaderParser<T> parser)
        where T : class
    {
        var index = IndexOf(id);
        if (index < 0)
        {
            return [];
        }

        ref var field = ref CollectionsMarshal.AsSpan(_fields)[index];
        if (field.Typed is not T[] && field.Typed != Malformed)
        {
            field.Typed = ReadElements(id, index, parser) ?? Malformed;
        }

        return field.Typed as T[] ?? [];
    }

    /// <summary>The first line of a header whose lines are never split; null when absent or malformed.</summary>
    internal T? FirstLine<T>(SipHeaderId id, HeaderParser<T> parser)
        where T : class
    {
        var lines = Lines(id, parser);
        return lines.Count == 0 ? null : lines[0];
    }

    /// <summary>All lines of a header whose lines are never split; those that are malformed are left out, they may be meant for others.</summary>
    internal IReadOnlyList<T> Lines<T>(SipHeaderId id, HeaderParser<T> parser)
        where T : class
    {
        var index = IndexOf(id);
        if (index < 0)
        {
            return [];
        }

        ref var first = ref CollectionsMarshal.AsSpan(_fields)[index];
        if (first.Typed is null)
        {
            var headers = new List<T>();
            foreach (var field in _fields)
            {
                if (field.Id == id && parser(field.Value.Span, out var header))
                {
                    headers.Add(header);
                }
            }

            first.Typed = headers.Count == 0 ? Malformed : headers.ToArray();
        }

        return first.Typed as T[] ?? [];
    }

    /// <summary>All lines, joined by commas, as one value (RFC 3261 section 7.3.1); null when absent or malformed.</summary>
    internal T? Joined<T>(SipHeaderId id, HeaderParser<T> parser)
        where T : class
    {
        var index = IndexOf(id);
        if (index < 0)
        {
            return null;
        }

        ref var first = ref CollectionsMarshal.AsSpan(_fields)[index];
        if (first.Typed is null)
        {
            var value = CountOf(id) == 1 ? first.Value.Span : JoinLines(id);
            first.Typed = parser(value, out var header) ? header : Malformed;
        }

        return first.Typed as T;
    }

    private T[]? ReadElements<T>(SipHeaderId id, int firstIndex, HeaderParser<T> parser)
        where T : class
    {
        var headers = new List<T>();
        for (var i = firstIndex; i < _fields.Count; i++)
        {
            if (_fields[i].Id != id)
            {
                continue;
            }

            var rest = _fields[i].Value.Span;
            while (true)
            {
                var length = CommaList.FirstLength(rest);
                if (headers.Count == MaximumListValues || !parser(rest[..length].Trim(" \t"u8), out var header))
                {
                    return null;
                }

                headers.Add(header);
                if (length == rest.Length)
                {
                    break;
                }

                rest = rest[(length + 1)..];
            }
        }

        return [.. headers];
    }

    private byte[] JoinLines(SipHeaderId id)
    {
        var joined = new List<byte>();
        foreach (var field in _fields)
        {
            if (field.Id == id && !field.Value.IsEmpty)
            {
                joined.AddRange(joined.Count == 0 ? ""u8 : ", "u8);
                joined.AddRange(field.Value.Span);
            }
        }

        return [.. joined];
    }

    private void Forget(SipHeaderId id)
    {
        foreach (ref var field in CollectionsMarshal.AsSpan(_fields))
        {
            if (field.Id == id)
            {
                field.Typed = null;
            }
        }
    }
}
