using OmaIm.Client.Messages;
using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.IsComposing;
using OmaIm.Protocols.Multipart;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transactions;

namespace OmaIm.Client.Pager;

/// <summary>Takes pager messages (RFC 3428 section 7): 200 means that the message is in good hands. Lives on the control loop.</summary>
internal sealed class PagerReceiver(Inbox inbox)
{
    /// <summary>RFC 5365 section 7: whom else a list server sent the message to, beside the message.</summary>
    private const string ListHistory = "recipient-list-history";

    public void OnMessage(ServerTransaction transaction)
    {
        if (!TryRead(transaction.Request, out var message))
        {
            transaction.Respond(400, "Bad CPIM Message");
        }
        else if (!inbox.Takes(message.ContentType) && !IsAboutMessages(message.ContentType))
        {
            var response = transaction.CreateResponse(415);
            response.Headers.Set(SipHeaderId.Accept, inbox.Accept);
            transaction.Respond(response);
        }
        else
        {
            _ = TakeAsync(transaction, message);
        }
    }

    /// <summary>Receipts and composing: clients that get 415 for them switch them off, or try for ever.</summary>
    private static bool IsAboutMessages(string contentType) =>
        ImdnBody.IsImdn(contentType) || (MimeType.TryParse(contentType, out var type) && type.Name == IsComposingDocument.ContentType);

    private static bool TryRead(SipMessage request, out ImMessage message)
    {
        var from = request.PAssertedIdentities is [{ } asserted, ..] ? asserted.Uri : request.From!.Uri;
        var (contentType, content) = WithoutList(request);
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

    private static (string ContentType, ReadOnlyMemory<byte> Content) WithoutList(SipMessage request)
    {
        var contentType = request.Headers.GetText(SipHeaderId.ContentType) ?? MessageEnvelope.PlainText;
        if (MimeType.TryParse(contentType, out var type) && type.Name == "multipart/mixed"
            && MultipartBody.TryParse(contentType, request.Body, out var parts)
            && parts.Any(part => part.Disposition == ListHistory)
            && parts.FirstOrDefault(part => part.Disposition != ListHistory) is { } content)
        {
            return (content.Header("Content-Type") ?? MessageEnvelope.PlainText, content.Content);
        }

        return (contentType, request.Body);
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
