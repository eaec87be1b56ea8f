using System.Text;
using OmaIm.Protocols.Cpim;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Sip.Headers;
using OmaIm.Protocols.Text;
using OmaIm.Server.Core;

namespace OmaIm.Server.Pager;

/// <summary>The rules that a MESSAGE itself must keep, whoever it is for, and what the server adds to it (RFC 3428).</summary>
internal static class PagerMessage
{
    private const string Cpim = "message/cpim";

    /// <summary>Why a message goes to nobody; null for one that may go. The size is for the caller to check: a list is not counted.</summary>
    public static PagerRefusal? Check(PagerServices services, SipMessage message, Caller caller)
    {
        if (!message.Body.IsEmpty && message.ContentType is null)
        {
            return PagerRefusal.NoContentType;
        }

        // Section 4: Expires counts from Date. Without a Date it counts from now on, and nothing is kept here until it is over.
        var isExpired = message is { Date.Value: var sent, Expires.Seconds: > 0 and var seconds } && sent + TimeSpan.FromSeconds(seconds) < services.Now;
        return isExpired ? PagerRefusal.Expired : CheckCpim(services.Addresses, message.ContentType?.MediaType, message.Body, caller);
    }

    /// <summary>Whom a message/cpim is from must not be another user of the domain than its sender; other content is not looked into.</summary>
    public static PagerRefusal? CheckCpim(AddressPlan addresses, string? contentType, ReadOnlyMemory<byte> content, Caller caller)
    {
        if (!string.Equals(contentType, Cpim, StringComparison.Ordinal))
        {
            return null;
        }

        if (CpimHeaderBlock.Scan(content.Span, out var block) != ParseStatus.Complete || block.FromCount > 1)
        {
            return PagerRefusal.BadCpim;
        }

        // im: and pres: name the same users as sip: does (RFC 3859, RFC 3860); anonymous@anonymous.invalid is nobody of ours.
        var uri = Encoding.UTF8.GetString(block.FromUri);
        var address = uri[(uri.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var isForeign = SipUri.TryParse("sip:" + address, out var from)
            && addresses.Resolve(from).Kind != DestinationKind.Elsewhere
            && !string.Equals(from.Aor, caller.Aor, StringComparison.Ordinal);
        return isForeign ? PagerRefusal.ForeignCpimFrom : null;
    }

    /// <summary>
    /// Takes away what must not be in a MESSAGE (Contact, section 9: some clients send it), says when it was sent if the sender did not
    /// (section 4: so that its Expires can be counted), and hides a sender who wants to stay unnamed.
    /// </summary>
    public static void Complete(SipMessage message, DateTimeOffset now)
    {
        message.Headers.Remove(SipHeaderId.Contact);
        if (Anonymity.IsAsked(message) && message.From!.Tag is { } tag)
        {
            message.Headers.Set(SipHeaderId.From, $"\"Anonymous\" <{Anonymity.Aor}>;tag={tag}");
        }

        if (message.Date is null)
        {
            message.Headers.Set(SipHeaderId.Date, new DateHeader(now).ToString());
        }
    }
}
