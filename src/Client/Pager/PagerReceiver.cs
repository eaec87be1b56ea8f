using OmaIm.Client.Messages;
using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.IsComposing;
using OmaIm.Protocols.Multipart;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;
using OmaIm.Stack.Transactions;

namespace OmaIm.Client.Pager;

/// <summary>Takes pager messages (RFC 3428 section 7): 200 means that the message is in good hands. Lives on the control loop.</summary>
internal sealed class PagerReceiver(Inbox inbox)
{
    /// <summary>RFC 5365 section 7: whom else a list server sent the message to, beside the message.</summary>
    private const string ListHistory = "recipient-list-history";

    /// <summary>Bytes of a packed message when it is unpacked: as many as SIP over TCP carries of one that is not packed.</summary>
    private const int UnpackedBytes = 1024 * 1024;

    public void OnMessage(ServerTransaction transaction)
    {
        var codings = transaction.Request.ContentEncoding?.Values ?? [];
        if (!ContentCoding.IsKnown(codings))
        {
            Refuse(transaction);
        }
        else if (!ContentCoding.TryDecode(codings, transaction.Request.Body, UnpackedBytes, out var body))
        {
            transaction.Respond(400, "Bad Content-Encoding");
        }
        else
        {
            OnMessage(transaction, body);
        }
    }

    private void OnMessage(ServerTransaction transaction, ReadOnlyMemory<byte> body)
    {
        if (!TryRead(transaction.Request, body, out var message))
        {
            transaction.Respond(400, "Bad CPIM Message");
        }
        else if (!inbox.Takes(message.ContentType) && !IsAboutMessages(message.ContentType))
        {
            Refuse(transaction);
        }
        else
        {
            _ = TakeAsync(transaction, message);
        }
    }

    /// <summary>RFC 3261 sections 8.2.3 and 21.4.13: which types are taken, and which codings.</summary>
    private void Refuse(ServerTransaction transaction)
    {
        var response = transaction.CreateResponse(415);
        response.Headers.Set(SipHeaderId.Accept, inbox.Accept);
        response.Headers.Set(SipHeaderId.AcceptEncoding, ContentCoding.Known);
        transaction.Respond(response);
    }

    /// <summary>Receipts and composing: clients that get 415 for them switch them off, or try for ever.</summary>
    private static bool IsAboutMessages(string contentType) =>
        ImdnBody.IsImdn(contentType) || (MimeType.TryParse(contentType, out var type) && type.Name == IsComposingDocument.ContentType);

    private static bool TryRead(SipMessage request, ReadOnlyMemory<byte> body, out ImMessage message)
    {
        var from = request.PAssertedIdentities is [{ } asserted, ..] ? asserted.Uri : request.From!.Uri;
        var (contentType, content) = WithoutList(request, body);
        var outer = new ImMessage
        {
            From = from.Aor,
            FromName = request.From!.DisplayName,
            To = request.To!.Uri.Aor,
            Mode = MessageMode.Pager,
            SentAt = request.Date?.Value,
            Subject = request.Subject?.Value,
            ContentType = contentType,
            Content = content,
        };
        var isReadable = MessageEnvelope.TryOpen(outer, out var opened);
        message = opened ?? outer;
        return isReadable;
    }

    private static (string ContentType, ReadOnlyMemory<byte> Content) WithoutList(SipMessage request, ReadOnlyMemory<byte> body)
    {
        var contentType = request.Headers.GetText(SipHeaderId.ContentType) ?? MessageEnvelope.PlainText;
        if (MimeType.TryParse(contentType, out var type) && type.Name == "multipart/mixed"
            && MultipartBody.TryParse(contentType, body, out var parts)
            && parts.Any(part => part.Disposition == ListHistory)
            && parts.FirstOrDefault(part => part.Disposition != ListHistory) is { } content)
        {
            return (content.Header("Content-Type") ?? MessageEnvelope.PlainText, content.Content);
        }

        return (contentType, body);
    }

    private async Task TakeAsync(ServerTransaction transaction, ImMessage message)
    {
        var isTaken = await inbox.TakeAsync(message);
        if (!transaction.IsAnswered)
        {
            transaction.Respond(isTaken ? 200 : 480);
        }
    }
}
