using OmaIm.Protocols.Imdn;

namespace OmaIm.Client.Receipts;

/// <summary>A receipt that a message has asked for, that is true by now, and that its sender is not known to have.</summary>
/// <param name="Message">The message.</param>
/// <param name="Kind"><see cref="ImdnKind.Delivery"/> or <see cref="ImdnKind.Display"/>.</param>
public sealed record OwedReceipt(JournalMessage Message, ImdnKind Kind)
{
    /// <summary>The receipt as it is sent (RFC 5438 section 7.2.1.1).</summary>
    internal ImdnDocument ToImdn(string self) => new()
    {
        MessageId = Message.Key.MessageId,
        DateTime = Message.SentAt,
        RecipientUri = self,
        OriginalRecipientUri = Message.OriginalTo ?? (Message.To.Length > 0 ? Message.To : null),
        Kind = Kind,
        Status = Kind == ImdnKind.Display ? ImdnStatus.Displayed : ImdnStatus.Delivered,
    };
}
