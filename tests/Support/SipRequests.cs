using System.Globalization;
using OmaIm.Protocols.Sip;

namespace OmaIm.Tests.Support;

/// <summary>Requests as a user agent makes them, without Via.</summary>
public static class SipRequests
{
    /// <summary>From alice (tag a1), to bob, with a Contact.</summary>
    public static SipMessage Create(SipMethod method, string callId = "call-1", uint cseq = 1, string? toTag = null)
    {
        var request = SipMessage.CreateRequest(method, SipUri.Parse("sip:bob@192.0.2.2"));
        request.Headers.Add(SipHeaderId.From, "<sip:alice@example.com>;tag=a1");
        request.Headers.Add(SipHeaderId.To, "<sip:bob@example.com>" + (toTag is null ? "" : ";tag=" + toTag));
        request.Headers.Add(SipHeaderId.CallId, callId);
        request.Headers.Add(SipHeaderId.CSeq, string.Create(CultureInfo.InvariantCulture, $"{cseq} {method}"));
        request.Headers.Add(SipHeaderId.Contact, "<sip:alice@192.0.2.1>");
        return request;
    }

    /// <summary>The same with a Via, as it arrives.</summary>
    public static SipMessage Received(SipMethod method, string branch = "z9hG4bKb1", string callId = "call-1", uint cseq = 1, string? toTag = null)
    {
        var request = Create(method, callId, cseq, toTag);
        request.Headers.Prepend(SipHeaderId.Via, $"SIP/2.0/UDP 192.0.2.1:5060;branch={branch};rport");
        return request;
    }
}
