using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Cpim;
using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.Multipart;
using OmaIm.Protocols.Sip;

namespace OmaIm.Client.Messages;

/// <summary>The CPIM wrapper (RFC 3862) around a message, with what receipts need (RFC 5438 section 6): put on, and taken off.</summary>
internal static class MessageEnvelope
{
    public const string Cpim = "message/cpim";
    public const string PlainText = "text/plain;charset=UTF-8";

    /// <summary>Wraps content. Notifications get the Content-Disposition that RFC 5438 section 7.2.1.1 wants of them.</summary>
    public static byte[] Wrap(
        SipUri from, string? fromName, SipUri to, DateTimeOffset time, string contentType, ReadOnlyMemory<byte> content, string messageId, SendOptions options)
    {
        List<CpimHeader> headers = [.. new ImdnHeaders { MessageId = messageId, Requests = options.Receipts, Routes = options.ReceiptRoutes }.ToCpim()];
        if (options.Subject is { } subject)
        {
            headers.Add(new CpimHeader("Subject", subject));
        }

        MimeHeader[] contentHeaders = ImdnBody.IsImdn(contentType) ? [new MimeHeader("Content-Disposition", ImdnBody.Disposition)] : [];
        return CpimWriter.Wrap(from.Aor, fromName, to.Aor, time, contentType, content.Span, headers, contentHeaders);
    }

    /// <summary>Takes the wrapper off, where there is one; false for a message/cpim that cannot be read.</summary>
    /// <param name="outer">What the signalling says of the message, and the content as it came.</param>
    /// <param name="message">The message with what the wrapper adds.</param>
    public static bool TryOpen(ImMessage outer, [NotNullWhen(true)] out ImMessage? message)
    {
        message = outer;
        if (!IsCpim(outer.ContentType))
        {
            return true;
        }

        if (!CpimMessage.TryParse(outer.Content, out var cpim))
        {
            message = null;
            return false;
        }

        var imdn = ImdnHeaders.Of(cpim);
        var author = SipUri.TryParse(cpim.From?.Uri ?? "", out var uri) && uri.Host != "anonymous.invalid" ? uri.Aor : null;
        message = outer with
        {
            FromName = cpim.From?.Name ?? outer.FromName,
            To = cpim.To.Count > 0 && SipUri.TryParse(cpim.To[0].Uri, out var to) && to.Host != "anonymous.invalid" ? to.Aor : outer.To,
            OriginalTo = imdn.OriginalTo,
            Author = author == outer.From ? null : author,
            MessageId = imdn.MessageId,
            Requests = imdn.Requests,
            ReceiptRoutes = imdn.RecordRoutes,
            SentAt = cpim.DateTime ?? outer.SentAt,
            Subject = cpim.Subject ?? outer.Subject,
            ContentType = cpim.ContentType ?? "text/plain",
            Content = cpim.Content,
        };
        return true;
    }

    public static bool IsCpim(string contentType) => MimeType.TryParse(contentType, out var type) && type.Name == Cpim;
}
