using OmaIm.Protocols.Cpim;
using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.Multipart;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;
using OmaIm.Server.Core;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Pager;

/// <summary>
/// Gathers the receipts for messages to lists and groups, if the operator wants that: what comes for one sender within a window goes to him as
/// one message (RFC 5438 section 8.3). Who sent a receipt hears 200 when the gathered message has arrived, and not before.
/// </summary>
internal sealed class ReceiptGathering(PagerServices services)
{
    private readonly HashSet<(string Sender, string MessageId)> _messages = [];
    private readonly Queue<(string Sender, string MessageId)> _order = [];
    private readonly Dictionary<string, ReceiptBatch> _batches = new(StringComparer.Ordinal);

    private bool IsOn => services.Options.ReceiptWindow > TimeSpan.Zero;

    /// <summary>Notes a message that goes to several users: receipts for it are gathered. The oldest is forgotten when there are too many.</summary>
    public void Expect(Caller sender, string? contentType, ReadOnlyMemory<byte> content)
    {
        if (IsOn && IsCpim(contentType) && CpimMessage.TryParse(content, out var message)
            && ImdnHeaders.Of(message) is { MessageId: { } id, Requests: not ImdnRequests.None }
            && _messages.Add((sender.Aor, id)))
        {
            _order.Enqueue((sender.Aor, id));
            if (_order.Count > services.Options.GatheredMessages)
            {
                _messages.Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>Takes a MESSAGE that is such a receipt; false for every other one, which goes its way alone.</summary>
    public bool TryTake(ServerTransaction transaction, Caller recipient, string user)
    {
        var message = transaction.Request;
        var sender = services.Addresses.AorOf(user);
        if (!IsOn || !IsCpim(message.ContentType?.MediaType) || !CpimMessage.TryParse(message.Body, out var cpim)
            || !ImdnBody.IsImdn(cpim.ContentType) || !ImdnDocument.TryParse(cpim.Content, out var receipt) || !IsExpected(receipt, sender, recipient))
        {
            return false;
        }

        if (!_batches.TryGetValue(user, out var batch))
        {
            _batches[user] = batch = new ReceiptBatch();
            batch.Timer = services.Transactions.Loop.Schedule(services.Options.ReceiptWindow, () => Send(user));
        }

        batch.Transactions.Add(transaction);
        batch.Receipts.Add(BodyPart.Create(ImdnDocument.ContentType, cpim.Content, ImdnBody.Disposition));
        if (batch.Receipts.Count >= services.Options.GatheredReceipts)
        {
            Send(user);
        }

        return true;
    }

    // Gathered, a receipt no longer comes from its sender: so he may speak for himself only.
    private bool IsExpected(ImdnDocument receipt, string sender, Caller recipient) =>
        _messages.Contains((sender, receipt.MessageId)) && string.Equals(receipt.RecipientUri, recipient.Aor, StringComparison.Ordinal);

    private void Send(string user)
    {
        if (!_batches.Remove(user, out var batch))
        {
            return;
        }

        batch.Timer?.Cancel();
        if (batch.Transactions is [var only])
        {
            SendAlone(only, user);
            return;
        }

        var message = Compose(user, batch);
        PagerDelivery.Start(services, message, CallerPreferences.Of(message), user, OnEnd, services.Options.ReceiptWindow);
        void OnEnd(PagerOutcome outcome)
        {
            foreach (var transaction in batch.Transactions)
            {
                // Over UDP several may be too long where each fits.
                if (outcome.Refusal == PagerRefusal.TooLargeForPath)
                {
                    SendAlone(transaction, user);
                }
                else
                {
                    services.Answer(transaction, outcome);
                }
            }
        }
    }

    // Who sent a receipt waits since it came: his transaction ends after 32 s, the window included.
    private void SendAlone(ServerTransaction transaction, string user) => PagerDelivery.Start(
        services, transaction.Request, CallerPreferences.Of(transaction.Request), user, outcome => services.Answer(transaction, outcome), services.Options.ReceiptWindow);

    private SipMessage Compose(string user, ReceiptBatch batch)
    {
        var (from, to) = (services.Addresses.ExploderUri, services.Addresses.AorOf(user));
        var message = SipMessage.CreateRequest(SipMethod.Message, SipUri.Parse(to));
        message.Headers.Add(SipHeaderId.From, $"<{from}>;tag={RandomToken.Create()}");
        message.Headers.Add(SipHeaderId.To, $"<{to}>");
        message.Headers.Add(SipHeaderId.CallId, RandomToken.Create());
        message.Headers.Add(SipHeaderId.CSeq, "1 MESSAGE");
        message.Headers.Add(SipHeaderId.UserAgent, Answers.Product);
        var receipts = MultipartBody.Write("mixed", batch.Receipts, out var contentType);
        var headers = new ImdnHeaders { MessageId = RandomToken.Create() }.ToCpim();
        message.SetBody("message/cpim", CpimWriter.Wrap(from, null, to, services.Now, contentType, receipts, headers));
        PagerMessage.Complete(message, services.Now);
        return message;
    }

    private static bool IsCpim(string? contentType) => string.Equals(contentType, "message/cpim", StringComparison.Ordinal);
}
