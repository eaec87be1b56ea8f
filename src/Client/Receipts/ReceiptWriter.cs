using OmaIm.Protocols.Cpim;
using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.Text;

namespace OmaIm.Client.Receipts;

/// <summary>Receipts as messages: a CPIM message with the notification in it (RFC 5438 section 7.2.1.1).</summary>
internal static class ReceiptWriter
{
    /// <summary>Writes a receipt. It has an id of its own and asks for no receipt.</summary>
    /// <param name="receipt">What is true.</param>
    /// <param name="self">The recipient of the message, who speaks.</param>
    /// <param name="now">The DateTime of the receipt itself.</param>
    public static byte[] Write(OwedReceipt receipt, string self, DateTimeOffset now)
    {
        var message = receipt.Message;
        var imdn = new ImdnDocument
        {
            MessageId = message.Key.MessageId,
            DateTime = message.SentAt ?? now,
            RecipientUri = self,
            OriginalRecipientUri = message.OriginalTo ?? (message.To.Length > 0 ? message.To : null),
            Kind = receipt.Kind,
            Status = receipt.Kind == ImdnKind.Display ? ImdnStatus.Displayed : ImdnStatus.Delivered,
        };
        var headers = new ImdnHeaders { MessageId = RandomToken.Create(), Routes = message.Routes };
        return CpimWriter.Wrap(
            self,
            fromName: null,
            message.Key.Sender,
            now,
            ImdnDocument.ContentType,
            imdn.ToBytes(),
            headers.ToCpim(),
            [new("Content-Disposition", ImdnBody.Disposition)]);
    }

    /// <summary>Where the request that carries it goes: to the first of those who want to see it, or straight to the sender (section 7.2.1.1).</summary>
    public static string TargetOf(OwedReceipt receipt) => receipt.Message.Routes is [var first, ..] ? first : receipt.Message.Key.Sender;
}
