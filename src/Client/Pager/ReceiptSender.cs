using OmaIm.Client.Signalling;
using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.Sip;

namespace OmaIm.Client.Pager;

/// <summary>Sends the receipts that senders of messages ask for (RFC 5438 section 7.2.1), in pager mode. Lives on the control loop.</summary>
internal sealed class ReceiptSender(UserAgent agent, PagerSender pager, TimeProvider time, bool sendsDelivered)
{
    /// <summary>A receipt that nobody takes within this time is of no use to anybody.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(35);

    /// <summary>The document about a message, or null when its sender did not ask for it.</summary>
    public static ImdnDocument? About(ImMessage message, ImdnStatus status, string recipient)
    {
        var (kind, request) = status == ImdnStatus.Displayed
            ? (ImdnKind.Display, ImdnRequests.Display)
            : (ImdnKind.Delivery, ImdnRequests.PositiveDelivery);
        return message.MessageId is not { } id || !message.Requests.HasFlag(request) || ImdnBody.IsImdn(message.ContentType)
            ? null
            : new ImdnDocument
            {
                MessageId = id,
                DateTime = message.SentAt,
                RecipientUri = recipient,
                OriginalRecipientUri = message.OriginalTo ?? message.To,
                Kind = kind,
                Status = status,
            };
    }

    /// <summary>A message has arrived.</summary>
    public async void OnReceived(ImMessage message)
    {
        if (!sendsDelivered)
        {
            return;
        }

        try
        {
            await SendAsync(message, ImdnStatus.Delivered, CancellationToken.None);
        }
        catch (ImException)
        {
            // The sender is gone, or takes no receipts. The message is here all the same.
        }
    }

    /// <summary>Section 7.2.1.1: to the From of the message's CPIM headers; between two users, to the one whom the signalling vouches for.</summary>
    public async Task SendAsync(ImMessage message, ImdnStatus status, CancellationToken cancellationToken)
    {
        if (About(message, status, agent.Identity.Aor) is { } imdn && SipUri.TryParse(message.Sender, out var to))
        {
            await SendAsync(to, imdn, message.ReceiptRoutes, cancellationToken);
        }
    }

    /// <summary>By a MESSAGE or not at all: a session of its own would ring at the sender of the message.</summary>
    /// <param name="to">The sender of the message.</param>
    /// <param name="imdn">What to tell him.</param>
    /// <param name="routes">The recorded route of the message.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ImException">It is refused, as too large for one (413) too, or nobody has answered in 35 s.</exception>
    public async Task SendAsync(SipUri to, ImdnDocument imdn, IReadOnlyList<string> routes, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            var options = new SendOptions { ReceiptRoutes = routes };
            if (await pager.TrySendAsync(to, ImdnDocument.ContentType, imdn.ToBytes(), options, either.Token) is null)
            {
                throw ImException.FromSip(413, "the receipt is too large for a MESSAGE");
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw ImException.FromSip(408, "nobody has taken the receipt in time");
        }
    }
}
