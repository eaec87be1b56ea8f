using System.Text;
using OmaIm.Protocols.Cpim;
using OmaIm.Protocols.Multipart;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;

namespace OmaIm.Server.Core;

/// <summary>Whom a message/cpim claims to be from (RFC 3862): a recipient is shown that, so it has to be who really sent it.</summary>
public static class CpimIdentity
{
    private const string Cpim = "message/cpim";

    /// <summary>Bytes of a packed body that are unpacked to look into it: several times the largest pager message, and done in a fraction of a millisecond.</summary>
    private const int UnpackedBytes = 64 * 1024;

    /// <summary>What is wrong with the body of a request, however deep inside; null when nothing is.</summary>
    /// <param name="addresses">The addresses of the domain.</param>
    /// <param name="message">The request.</param>
    /// <param name="sender">The address-of-record of its sender, as he is known to the server.</param>
    /// <param name="isUnnamed">Whether he has asked to stay unnamed before; the request itself may ask for it, too.</param>
    public static CpimFault? Check(AddressPlan addresses, SipMessage message, string sender, bool isUnnamed = false)
    {
        isUnnamed |= Anonymity.IsAsked(message);
        var type = message.ContentType?.MediaType;
        var isMultipart = type is not null && type.StartsWith("multipart/", StringComparison.Ordinal);
        if (!isMultipart && type != Cpim)
        {
            return null;
        }

        // Its recipient will unpack it as well; what only he can unpack, nobody has looked into.
        if (!ContentCoding.TryDecode(message.ContentEncoding?.Values ?? [], message.Body, UnpackedBytes, out var body))
        {
            return CpimFault.Unreadable;
        }

        return isMultipart && MultipartBody.TryParse(message.Headers.GetText(SipHeaderId.ContentType)!, body, out var parts)
            ? CheckParts(addresses, parts, sender, isUnnamed)
            : CheckCpim(addresses, type, body, sender, isUnnamed);
    }

    // A client may show what is deep inside, or what it takes for a message/cpim although the type is none.
    private static CpimFault? CheckParts(AddressPlan addresses, IReadOnlyList<BodyPart> parts, string sender, bool isUnnamed)
    {
        foreach (var part in parts)
        {
            var fault = part.MediaType.Length == 0
                ? CpimFault.BadContentType
                : CheckCpim(addresses, part.MediaType, part.Content, sender, isUnnamed) ?? CheckParts(addresses, part.Parts, sender, isUnnamed);
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    /// <summary>
    /// Whom a message/cpim is from must not be another user of the domain than its sender, and nobody of the domain when he wants to stay
    /// unnamed; other content is not looked into.
    /// </summary>
    private static CpimFault? CheckCpim(AddressPlan addresses, string? contentType, ReadOnlyMemory<byte> content, string sender, bool isUnnamed)
    {
        if (!string.Equals(contentType, Cpim, StringComparison.Ordinal))
        {
            return null;
        }

        if (CpimHeaderBlock.Scan(content.Span, out var block) != ParseStatus.Complete || block.FromCount > 1)
        {
            return CpimFault.Unreadable;
        }

        return CheckFrom(addresses, block.FromUri, sender, isUnnamed);
    }

    /// <summary>What is wrong with the address in a CPIM From; null when nothing is.</summary>
    /// <param name="addresses">The addresses of the domain.</param>
    /// <param name="fromUri">The address, without angle brackets.</param>
    /// <param name="sender">The address-of-record of its sender, as he is known to the server.</param>
    /// <param name="isUnnamed">Whether he has asked to stay unnamed.</param>
    public static CpimFault? CheckFrom(AddressPlan addresses, ReadOnlySpan<byte> fromUri, string sender, bool isUnnamed)
    {
        // im: and pres: name the same users as sip: does (RFC 3859, RFC 3860); anonymous@anonymous.invalid is nobody of ours.
        var uri = Encoding.UTF8.GetString(fromUri);
        var address = uri[(uri.IndexOf(':', StringComparison.Ordinal) + 1)..];
        if (!SipUri.TryParse("sip:" + address, out var from) || addresses.Resolve(from).Kind == DestinationKind.Elsewhere)
        {
            return null;
        }

        return !string.Equals(from.Aor, sender, StringComparison.Ordinal) ? CpimFault.ForeignFrom
            : isUnnamed ? CpimFault.NamesUnnamed
            : null;
    }
}
