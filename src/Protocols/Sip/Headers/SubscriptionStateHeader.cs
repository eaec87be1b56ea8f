using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "Subscription-State")]
public sealed class SubscriptionStateHeader
{
    public string State => throw new NotImplementedException();
    public string? Reason => throw new NotImplementedException();
    public int? Expires => throw new NotImplementedException();
    public int? RetryAfter => throw new NotImplementedException();
    public SipParameters Parameters => throw new NotImplementedException();

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out SubscriptionStateHeader? header)
    {
        throw new NotImplementedException();
    }
}
