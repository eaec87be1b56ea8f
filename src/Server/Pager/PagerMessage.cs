using System.Text;
using OmaIm.Protocols.Cpim;
using OmaIm.Protocols.Multipart;
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
        var isExpired = message is { Date.Value: var sent, Expires.Seconds: > 0 and var seconds } && services.Now - sent > TimeSpan.FromSeconds(seconds);
        return isExpired ? PagerRefusal.Expired : CheckContent(services.Addresses, message, caller);
    }

    private static PagerRefusal? CheckContent(AddressPlan addresses, SipMessage message, Caller caller)
    {
        var isUnnamed = Anonymity.IsAsked(message);
        if (message.ContentType is { MediaType: var type } && type.StartsWith("multipart/", StringComparison.Ordinal)
            && MultipartBody.TryParse(message.Headers.GetText(SipHeaderId.ContentType)!, message.Body, out var parts))
        {
            return CheckParts(addresses, parts, caller, isUnnamed);
        }

        return CheckCpim(addresses, message.ContentType?.MediaType, message.Body, caller, isUnnamed);
    }

    // A client may show what is deep inside, or what it takes for a message/cpim although the type is none.
    private static PagerRefusal? CheckParts(AddressPlan addresses, IReadOnlyList<BodyPart> parts, Caller caller, bool isUnnamed)
    {
        foreach (var part in parts)
        {
            var refusal = part.MediaType.Length == 0
                ? PagerRefusal.BadContentType
                : CheckCpim(addresses, part.MediaType, part.Content, caller, isUnnamed) ?? CheckParts(addresses, part.Parts, caller, isUnnamed);
            if (refusal is not null)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>
    /// Whom a message/cpim is from must not be another user of the domain than its sender, and nobody of the domain when he wants to stay
    /// unnamed; other content is not looked into.
    /// </summary>
    private static PagerRefusal? CheckCpim(AddressPlan addresses, string? contentType, ReadOnlyMemory<byte> content, Caller caller, bool isUnnamed)
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
        if (!SipUri.TryParse("sip:" + address, out var from) || addresses.Resolve(from).Kind == DestinationKind.Elsewhere)
        {
            return null;
        }

        return !string.Equals(from.Aor, caller.Aor, StringComparison.Ordinal) ? PagerRefusal.ForeignCpimFrom
            : isUnnamed ? PagerRefusal.NamedInCpim
            : null;
    }

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

        foreach (var header in (string[])["Reply-To", "Call-Info", "Organization", "User-Agent", "In-Reply-To", "Server"])
        {
            copy.Headers.Remove(header);
        }

        copy.Headers.Set(SipHeaderId.From, $"\"Anonymous\" <{Anonymity.Aor}>;tag={RandomToken.Create()}");
        copy.Headers.Set(SipHeaderId.CallId, RandomToken.Create());
        return copy;
    }
}
