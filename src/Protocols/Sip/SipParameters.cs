using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip;

/// <summary>
/// An immutable, ordered list of ";name" and ";name=value" (RFC 3261 section 7.3.1, generic-param). Names are compared
/// without case and occur once. <see cref="With"/> and <see cref="Without"/> return a changed copy.
/// </summary>
public sealed class SipParameters
{
    /// <summary>No parameters.</summary>
    public static readonly SipParameters Empty = new([]);

    // A value is kept as it is written: a quoted string with its quotes.
    private readonly (string Name, string? Value)[] _items;

    private SipParameters((string Name, string? Value)[] items) => _items = items;

    /// <summary>The number of parameters.</summary>
    public int Count => _items.Length;

    /// <summary>The value, unquoted; null when the parameter is absent or has none (see <see cref="Contains"/>).</summary>
    public string? this[string name]
    {
        get
        {
            var index = IndexOf(name);
            var value = index < 0 ? null : _items[index].Value;
            return value is ['"', ..] ? QuotedString.Unquote(Encoding.UTF8.GetBytes(value)) : value;
        }
    }

    /// <summary>The names in their order.</summary>
    public IEnumerable<string> Names => _items.Select(item => item.Name);

    /// <summary>Whether the parameter is there, with or without a value.</summary>
    public bool Contains(string name) => IndexOf(name) >= 0;

    /// <summary>
    /// A copy with the parameter set, in its old place or at the end. A null value gives the bare name; a value that is
    /// neither token nor host is written as a quoted string.
    /// </summary>
    /// <exception cref="ArgumentException">The name is not a token.</exception>
    public SipParameters With(string name, string? value = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (Encoding.UTF8.GetBytes(name).AsSpan().ContainsAnyExcept(Grammar.Token))
        {
            throw new ArgumentException($"'{name}' is not a parameter name.", nameof(name));
        }

        return WithRaw(name, value is null ? null : Written(value));
    }

    /// <summary>A copy without the parameter.</summary>
    public SipParameters Without(string name)
    {
        var index = IndexOf(name);
        return index < 0 ? this : new SipParameters([.. _items[..index], .. _items[(index + 1)..]]);
    }

    /// <summary>";a=b;c", or nothing.</summary>
    public override string ToString()
    {
        if (_items.Length == 0)
        {
            return "";
        }

        var builder = new StringBuilder();
        AppendTo(builder);
        return builder.ToString();
    }

    internal void AppendTo(StringBuilder builder)
    {
        foreach (var (name, value) in _items)
        {
            builder.Append(';').Append(name);
            if (value is not null)
            {
                builder.Append('=').Append(value);
            }
        }
    }

    internal SipParameters WithRaw(string name, string? value)
    {
        var index = IndexOf(name);
        if (index < 0)
        {
            return new SipParameters([.. _items, (name, value)]);
        }

        var items = _items.ToArray();
        items[index] = (name, value);
        return new SipParameters(items);
    }

    /// <summary>*( SEMI generic-param ) up to the end of the value (RFC 3261 section 25.1).</summary>
    internal static bool TryParse(ref HeaderScanner scanner, out SipParameters parameters)
    {
        parameters = Empty;
        List<(string Name, string? Value)>? items = null;
        while (scanner.TryTake((byte)';'))
        {
            if (!scanner.TryTakeToken(out var name))
            {
                return false;
            }

            ReadOnlySpan<byte> value = default;
            var hasValue = scanner.TryTake((byte)'=');
            if (hasValue && !scanner.TryTakeQuoted(out value) && !scanner.TryTakeWhile(Grammar.GenValue, out value))
            {
                return false;
            }

            items ??= [];
            if (!TryAdd(items, Encoding.UTF8.GetString(name), hasValue ? Encoding.UTF8.GetString(value) : null))
            {
                return false;
            }
        }

        scanner.SkipSpace();
        parameters = items is null ? Empty : new SipParameters([.. items]);
        return scanner.AtEnd;
    }

    /// <summary>uri-parameters = *( ";" uri-parameter ) (RFC 3261 section 25.1); escapes of unreserved characters are resolved.</summary>
    internal static bool TryParseUri(ReadOnlySpan<byte> text, out SipParameters parameters)
    {
        parameters = Empty;
        if (text.IsEmpty)
        {
            return true;
        }

        var items = new List<(string Name, string? Value)>();
        foreach (var range in text[1..].Split((byte)';'))
        {
            var parameter = text[1..][range];
            var equal = parameter.IndexOf((byte)'=');
            var name = equal < 0 ? parameter : parameter[..equal];
            string? value = null;
            if (!PercentEncoding.TryNormalize(name, Grammar.Paramchar, out var nameText)
                || (equal >= 0 && !PercentEncoding.TryNormalize(parameter[(equal + 1)..], Grammar.Paramchar, out value))
                || !TryAdd(items, nameText, value))
            {
                return false;
            }
        }

        parameters = new SipParameters([.. items]);
        return true;
    }

    private static bool TryAdd(List<(string Name, string? Value)> items, string name, string? value)
    {
        foreach (var item in items)
        {
            if (item.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return false; // section 7.3.1: any given parameter-name MUST NOT appear more than once
            }
        }

        items.Add((name, value));
        return true;
    }

    private static string Written(string value)
    {
        if (value.Length > 0 && !Encoding.UTF8.GetBytes(value).AsSpan().ContainsAnyExcept(Grammar.GenValue))
        {
            return value;
        }

        var builder = new StringBuilder();
        QuotedString.Append(builder, value);
        return builder.ToString();
    }

    private int IndexOf(string name)
    {
        for (var i = 0; i < _items.Length; i++)
        {
            if (_items[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return -1;
    }
}
