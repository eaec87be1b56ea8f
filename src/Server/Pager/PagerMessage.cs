using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Sip.Headers;
using OmaIm.Protocols.Text;
using OmaIm.Server.Core;

namespace OmaIm.Server.Pager;

/// <summary>The rules that a MESSAGE itself must keep, whoever it is for, and what the server adds to it (RFC 3428).</summary>
internal static class PagerMessage
{
    /// <summary>Why a message goes to nobody; null for one that may go. The size is for the caller to check: a list is not counted.</summary>
    public static PagerRefusal? Check(PagerServices services, SipMessage message, Caller caller)
    {
        if (!message.Body.IsEmpty && message.ContentType is null)
        {
            return PagerRefusal.NoContentType;
        }

        // Section 4: Expires counts from Date. Without a Date it counts from now on, and nothing is kept here until it is over.
        var isExpired = message is { Date.Value: var sent, Expires.Seconds: > 0 and var seconds } && services.Now - sent > TimeSpan.FromSeconds(seconds);
        return isExpired ? PagerRefusal.Expired : Refusal(CpimIdentity.Check(services.Addresses, message, caller.Aor));
    }

    private static PagerRefusal? Refusal(CpimFault? fault) => fault switch
    {
        null => null,
        CpimFault.BadContentType => PagerRefusal.BadContentType,
        CpimFault.ForeignFrom => PagerRefusal.ForeignCpimFrom,
        CpimFault.NamesUnnamed => PagerRefusal.NamedInCpim,
        _ => PagerRefusal.BadCpim,
    };

    /// <summary>
    /// Takes away what must not be in a MESSAGE (Contact, section 9: some clients send it), says when it was sent if the sender did not
    /// (section 4: so that its Expires can be counted).
    /// </summary>
    public static void Complete(SipMessage message, DateTimeOffset now)
    {
        message.Headers.Remove(SipHeaderId.Contact);
        if (message.Date is null)
        {
            message.Headers.Set(SipHeaderId.Date, new DateHeader(now).ToString());
        }
    }

    /// <summary>
    /// The message as a contact gets it. Of a sender who stays unnamed it loses what says who he is, or on which device, and the Call-ID,
    /// which tells the host that made it (RFC 3323 section 5.3).
    /// </summary>
    public static SipMessage ForContact(SipMessage message, SipUri contact)
    {
        var copy = message.ForwardTo(contact);
        if (!Anonymity.IsAsked(message))
        {
            return copy;
        }

        Anonymity.Strip(copy);
        copy.Headers.Set(SipHeaderId.From, Anonymity.From(RandomToken.Create()));
        copy.Headers.Set(SipHeaderId.CallId, RandomToken.Create());
        return copy;
    }
}
