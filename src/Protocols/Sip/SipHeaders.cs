using System.Collections;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip;

/// <summary>
/// The header lines of a message in their order. The typed value of a header is kept beside its first line once somebody
/// has asked for it, and forgotten as soon as any line of that header changes.
/// </summary>
public sealed partial class SipHeaders : IReadOnlyList<SipHeaderField>
{
    private readonly List<SipHeaderField> _fields;

    internal SipHeaders(int capacity) => _fields = new List<SipHeaderField>(capacity);

    /// <summary>The number of header lines.</summary>
    public int Count => _fields.Count;

    /// <summary>The line at the position.</summary>
    public SipHeaderField this[int index] => _fields[index];

    /// <summary>Adds a line where the writer's order wants it, behind lines of the same header.</summary>
    /// <exception cref="ArgumentException">The value holds CR, LF or NUL.</exception>
    public void Add(SipHeaderId id, string value) => Add(new SipHeaderField(Known(id), default, Encode(value)));

    /// <summary>Adds a line by name, which may be a header without a type of its own.</summary>
    /// <exception cref="ArgumentException">The name is not a token, or the value holds CR, LF or NUL.</exception>
    public void Add(string name, string value)
    {
        var bytes = EncodeName(name);
        Add(new SipHeaderField(SipHeaderNames.Lookup(bytes), bytes, Encode(value)));
    }

    /// <summary>Makes the value the only line of the header, in the place of its first line.</summary>
    /// <exception cref="ArgumentException">The value holds CR, LF or NUL.</exception>
    public void Set(SipHeaderId id, string value)
    {
        var field = new SipHeaderField(Known(id), default, Encode(value));
        var first = IndexOf(id);
        Remove(id);
        if (first < 0)
        {
            Add(field);
        }
        else
        {
            Insert(first, field);
        }
    }

    /// <summary>Adds a line before all others of the header, as a Via of one's own (RFC 3261 section 16.6 step 8).</summary>
    /// <exception cref="ArgumentException">The value holds CR, LF or NUL.</exception>
    public void Prepend(SipHeaderId id, string value)
    {
        var field = new SipHeaderField(Known(id), default, Encode(value));
        var first = IndexOf(id);
        if (first < 0)
        {
            Add(field);
        }
        else
        {
            Insert(first, field);
        }
    }

    /// <summary>Replaces the first value, an element of a list or a whole line, in its place.</summary>
    /// <exception cref="ArgumentException">The new value holds CR, LF or NUL.</exception>
    /// <exception cref="InvalidOperationException">The header is absent.</exception>
    public void ReplaceFirst(SipHeaderId id, string value)
    {
        var field = new SipHeaderField(Known(id), default, Encode(value));
        var first = IndexOf(id);
        if (first < 0)
        {
            throw new InvalidOperationException($"There is no {id} header to replace.");
        }

        RemoveFirst(id);
        Insert(first, field);
    }

    /// <summary>Removes all lines of the header.</summary>
    public void Remove(SipHeaderId id)
    {
        for (var i = _fields.Count - 1; i >= 0; i--)
        {
            if (_fields[i].Id == id)
            {
                RemoveAt(i);
            }
        }
    }

    /// <summary>Removes all lines of the header of that name.</summary>
    public void Remove(string name)
    {
        var bytes = EncodeName(name);
        var id = SipHeaderNames.Lookup(bytes);
        if (id != SipHeaderId.Unknown)
        {
            Remove(id);
            return;
        }

        for (var i = _fields.Count - 1; i >= 0; i--)
        {
            if (_fields[i].IsNamed(bytes))
            {
                RemoveAt(i);
            }
        }
    }

    /// <summary>Removes the first value: the first element of a list (such as the top Via), otherwise the first line.</summary>
    public void RemoveFirst(SipHeaderId id)
    {
        var first = IndexOf(id);
        if (first < 0)
        {
            return;
        }

        var value = _fields[first].Value;
        RemoveAt(first);
        if (SipHeaderNames.Cardinality(id) is HeaderCardinality.List or HeaderCardinality.Joined)
        {
            var rest = CommaList.FirstLength(value.Span) + 1;
            if (rest < value.Length)
            {
                Insert(first, new SipHeaderField(id, default, value[rest..].Trim(" \t"u8)));
            }
        }
    }

    /// <summary>Whether the header is there at all, well formed or not.</summary>
    public bool Contains(SipHeaderId id) => IndexOf(id) >= 0;

    /// <summary>The number of lines of the header.</summary>
    public int CountOf(SipHeaderId id)
    {
        var count = 0;
        foreach (var field in _fields)
        {
            count += field.Id == id ? 1 : 0;
        }

        return count;
    }

    /// <summary>The raw value of the header's first line; empty when absent.</summary>
    public ReadOnlySpan<byte> Get(SipHeaderId id)
    {
        var index = IndexOf(id);
        return index < 0 ? default : _fields[index].Value.Span;
    }

    /// <summary>The value of the header's first line as text without control characters; null when absent.</summary>
    public string? GetText(SipHeaderId id)
    {
        var index = IndexOf(id);
        return index < 0 ? null : _fields[index].ValueText;
    }

    /// <summary>The value of the first line of that name as text without control characters; null when absent.</summary>
    public string? GetText(string name)
    {
        var bytes = EncodeName(name);
        var id = SipHeaderNames.Lookup(bytes);
        if (id != SipHeaderId.Unknown)
        {
            return GetText(id);
        }

        foreach (var field in _fields)
        {
            if (field.IsNamed(bytes))
            {
                return field.ValueText;
            }
        }

        return null;
    }

    /// <summary>The lines in their order.</summary>
    public List<SipHeaderField>.Enumerator GetEnumerator() => _fields.GetEnumerator();

    IEnumerator<SipHeaderField> IEnumerable<SipHeaderField>.GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _fields.GetEnumerator();

    /// <summary>Adds a line where the writer's order wants it.</summary>
    internal void Add(SipHeaderField field)
    {
        // Behind the last line that goes before it; a received message keeps the order of its sender otherwise.
        var order = SipHeaderNames.Order(field.Id);
        var index = _fields.Count;
        while (index > 0 && SipHeaderNames.Order(_fields[index - 1].Id) > order)
        {
            index--;
        }

        Insert(index, field);
    }

    /// <summary>Adds a line at the end, as it was received.</summary>
    internal void Append(SipHeaderField field) => Insert(_fields.Count, field);

    private static SipHeaderId Known(SipHeaderId id)
        => id == SipHeaderId.Unknown ? throw new ArgumentException("A header without an id is added by its name.", nameof(id)) : id;

    private static byte[] Encode(string value)
    {
        if (value.AsSpan().ContainsAny('\r', '\n', '\0'))
        {
            throw new ArgumentException("A header value cannot hold CR, LF or NUL.", nameof(value));
        }

        return Encoding.UTF8.GetBytes(value.Trim(' ', '\t'));
    }

    private static byte[] EncodeName(string name)
    {
        var bytes = Encoding.UTF8.GetBytes(name);
        if (bytes.Length == 0 || bytes.AsSpan().ContainsAnyExcept(Grammar.Token))
        {
            throw new ArgumentException($"'{name}' is not a header name.", nameof(name));
        }

        return bytes;
    }

    private void Insert(int index, SipHeaderField field)
    {
        Forget(field.Id);
        _fields.Insert(index, field);
    }

    private void RemoveAt(int index)
    {
        Forget(_fields[index].Id);
        _fields.RemoveAt(index);
    }

    private int IndexOf(SipHeaderId id)
    {
        for (var i = 0; i < _fields.Count; i++)
        {
            if (_fields[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }
}
