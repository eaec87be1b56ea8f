using System.Diagnostics.CodeAnalysis;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Call-ID = ( "Call-ID" / "i" ) HCOLON callid ; callid = word [ "@" word ] (RFC 3261 section 20.8).</summary>
[Header(HeaderProtocol.Sip, "Call-ID", Compact = "i", Order = 42)]
public sealed class CallIdHeader : TextHeader
{
    /// <summary>Composes a value.</summary>
    public CallIdHeader(string value)
        : base(value)
    {
    }

    /// <summary>Reads the value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out CallIdHeader? header)
    {
        header = null;
        var at = value.IndexOf((byte)'@');
        var first = at < 0 ? value : value[..at];
        var second = at < 0 ? default : value[(at + 1)..];
        if (first.IsEmpty || first.ContainsAnyExcept(Grammar.Word) || (at >= 0 && second.IsEmpty) || second.ContainsAnyExcept(Grammar.Word))
        {
            return false;
        }

        header = new CallIdHeader(Encoding.ASCII.GetString(value));
        return true;
    }
}
