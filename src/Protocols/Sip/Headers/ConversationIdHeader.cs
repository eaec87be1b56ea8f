using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Conversation-ID")]
public sealed class ConversationIdHeader : TextHeader
{
    public ConversationIdHeader(string value) : base(value) { }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ConversationIdHeader? header)
    {
        throw new NotImplementedException();
    }
}
