using System.Diagnostics.CodeAnalysis;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Conversation-ID: the conversation that a session or message belongs to (RCC.07 section 3.2); written like a Call-ID's word.</summary>
[Header(HeaderProtocol.Sip, "Conversation-ID")]
public sealed class ConversationIdHeader : TextHeader
{
    /// <summary>Composes a value.</summary>
    public ConversationIdHeader(string value)
        : base(value)
    {
    }

    /// <summary>Reads the value; false when it is not a token.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ConversationIdHeader? header)
    {
        header = value.IsEmpty || value.ContainsAnyExcept(Grammar.Word) ? null : new ConversationIdHeader(Encoding.ASCII.GetString(value));
        return header is not null;
    }
}
