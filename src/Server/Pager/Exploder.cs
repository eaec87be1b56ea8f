using OmaIm.Protocols.Multipart;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Pager;

/// <summary>
/// The exploder (RFC 5365): a MESSAGE with a recipient list goes to each of its entries, as a message of its own without the list. Entries
/// are users of the domain: an entry that names the exploder, a group or another domain fails as an unknown user does, so that no list
/// ever leads to a further list.
/// </summary>
public sealed class Exploder(PagerServices services) : IRequestHandler
{
    public void Handle(ServerTransaction transaction, Caller caller, Destination destination)
    {
        var message = transaction.Request;
        if (Check(message, caller, out var list) is { } refusal)
        {
            services.Refuse(transaction, refusal);
            return;
        }

        foreach (var part in list.Content)
        {
            services.Receipts.Expect(caller, part.MediaType, part.Content);
        }

        PagerMessage.Complete(message, services.Now);
        message.Headers.Remove(SipHeaderId.Require);
        SetBody(message, RecipientHistory.Create(list.Entries) is { } history ? [.. list.Content, history] : list.Content);
        new PagerFanOut(services, transaction).Start(message, [.. list.Entries.Select(entry => entry.Aor)], isToRecipient: true);
    }

    private PagerRefusal? Check(SipMessage message, Caller caller, out ListMessage list)
    {
        list = new ListMessage([], []);
        return PagerMessage.Check(services, message, caller)
            ?? ListMessage.TryRead(message, services.Options.Recipients, out list)
            ?? (list.Length > services.Options.BodyBytes ? PagerRefusal.TooLarge : default(PagerRefusal?));
    }

    // What was one part beside the list is the message itself; its MIME headers are the message's.
    private static void SetBody(SipMessage message, IReadOnlyList<BodyPart> parts)
    {
        message.Headers.Remove(SipHeaderId.ContentDisposition);
        if (parts is not [var only])
        {
            var body = MultipartBody.Write("mixed", parts, out var contentType);
            message.SetBody(contentType, body);
            return;
        }

        message.SetBody(only.Header("Content-Type") ?? "text/plain", only.Content);
        foreach (var header in only.Headers)
        {
            if (header.Name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase)
                && !header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
                && !header.Name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                message.Headers.Add(header.Name, header.Value);
            }
        }
    }
}
