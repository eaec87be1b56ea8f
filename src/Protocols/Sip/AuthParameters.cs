using System.Text;

namespace OmaIm.Protocols.Sip;

/// <summary>The comma-separated name=value list of challenges and credentials (RFC 3261 section 25.1, auth-param).</summary>
internal sealed class AuthParameters
{
    private const int MaximumCount = 32; // Digest knows 14 names

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    private AuthParameters()
    {
    }

    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>auth-param = auth-param-name EQUAL ( token / quoted-string ), each name once; an empty element is let pass.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out AuthParameters parameters)
    {
        parameters = new AuthParameters();
        var scanner = new HeaderScanner(value);
        scanner.SkipSpace();
        while (!scanner.AtEnd)
        {
            if (!scanner.TryTakeToken(out var name) || !scanner.TryTake((byte)'='))
            {
                return false;
            }

            string text;
            if (scanner.TryTakeQuoted(out var quoted))
            {
                text = QuotedString.Unquote(quoted);
            }
            else if (scanner.TryTakeWhile(Text.Grammar.GenValue, out var token))
            {
                text = Encoding.ASCII.GetString(token);
            }
            else
            {
                return false;
            }

            if (parameters._values.Count == MaximumCount || !parameters._values.TryAdd(Encoding.ASCII.GetString(name), text))
            {
                return false;
            }

            scanner.SkipSpace();
            if (!scanner.AtEnd && !scanner.TryTake((byte)','))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>scheme LWS auth-params</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, out string scheme, out AuthParameters? parameters)
    {
        scheme = "";
        parameters = null;
        var scanner = new HeaderScanner(value);
        if (!scanner.TryTakeToken(out var name) || !scanner.TryTakeSpace())
        {
            return false;
        }

        scheme = Encoding.ASCII.GetString(name);
        if (!scheme.Equals("Digest", StringComparison.OrdinalIgnoreCase))
        {
            return true; // another scheme's parameters may look like anything
        }

        return TryParse(scanner.Rest, out parameters);
    }

    /// <summary>Writes such a list.</summary>
    internal sealed class Writer(string scheme)
    {
        private readonly StringBuilder _builder = new(scheme);
        private string _separator = scheme.Length == 0 ? "" : " ";

        public void Quoted(string name, string? value)
        {
            if (value is not null)
            {
                Begin(name);
                QuotedString.Append(_builder, value);
            }
        }

        public void Token(string name, string? value)
        {
            if (value is not null)
            {
                Begin(name);
                _builder.Append(value);
            }
        }

        public override string ToString() => _builder.ToString();

        private void Begin(string name)
        {
            _builder.Append(_separator).Append(name).Append('=');
            _separator = ", ";
        }
    }
}
