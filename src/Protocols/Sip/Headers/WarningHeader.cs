using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Warning = warning-value *( COMMA warning-value ) ; warn-code SP warn-agent SP warn-text (RFC 3261 section 20.43).</summary>
[Header(HeaderProtocol.Sip, "Warning", Cardinality = HeaderCardinality.List)]
public sealed class WarningHeader
{
    /// <summary>Composes a value.</summary>
    public WarningHeader(int code, string agent, string text)
    {
        Code = code;
        Agent = agent;
        Text = text;
    }

    /// <summary>The code, three digits.</summary>
    public int Code { get; }

    /// <summary>Who warns: a host with its port, or a pseudonym.</summary>
    public string Agent { get; }

    /// <summary>What it says, for people to read.</summary>
    public string Text { get; }

    /// <summary>Reads one value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out WarningHeader? header)
    {
        header = null;
        var scanner = new HeaderScanner(value);
        if (!scanner.TryTakeNumber(999, out var code) || !scanner.TryTakeSpace()
            || !scanner.TryTakeWhile(Grammar.GenValue, out var agent) || !scanner.TryTakeSpace()
            || !scanner.TryTakeQuoted(out var text) || !scanner.AtEnd)
        {
            return false;
        }

        header = new WarningHeader((int)code, Encoding.ASCII.GetString(agent), QuotedString.Unquote(text));
        return true;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString()
    {
        var builder = new StringBuilder();
        builder.Append(CultureInfo.InvariantCulture, $"{Code:000} {Agent} ");
        QuotedString.Append(builder, Text);
        return builder.ToString();
    }
}
