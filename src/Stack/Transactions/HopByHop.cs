using System.Globalization;
using OmaIm.Protocols.Sip;

namespace OmaIm.Stack.Transactions;

/// <summary>The two requests that belong to an INVITE and go only as far as its next hop: they carry its top Via and nothing else of its Vias.</summary>
internal static class HopByHop
{
    /// <summary>RFC 3261 section 17.1.1.3: the ACK for a final response other than 2xx; its To is that of the response.</summary>
    public static SipMessage CreateAck(SipMessage invite, SipMessage response) =>
        Create(invite, SipMethod.Ack, response.Headers.GetText(SipHeaderId.To)!);

    /// <summary>RFC 3261 section 9.1.</summary>
    public static SipMessage CreateCancel(SipMessage invite) =>
        Create(invite, SipMethod.Cancel, invite.Headers.GetText(SipHeaderId.To)!);

    private static SipMessage Create(SipMessage invite, SipMethod method, string to)
    {
        var request = SipMessage.CreateRequest(method, invite.RequestUri);
        request.Headers.Add(SipHeaderId.Via, invite.Via!.ToString()!);
        HeaderCopies.Copy(invite, SipHeaderId.Route, request);
        request.Headers.Add(SipHeaderId.From, invite.Headers.GetText(SipHeaderId.From)!);
        request.Headers.Add(SipHeaderId.To, to);
        request.Headers.Add(SipHeaderId.CallId, invite.CallId!.Value);
        request.Headers.Add(SipHeaderId.CSeq, string.Create(CultureInfo.InvariantCulture, $"{invite.CSeq!.Number} {method}"));
        return request;
    }
}
