namespace OmaIm.Client.Receipts;

/// <summary>
/// What a sender knows of a message at one recipient. It only ever rises: what has been shown to be true stays true. Proof of delivery
/// stands above a failure, because another device of the same recipient may have the message.
/// </summary>
public enum ReceiptState
{
    /// <summary>It has left; nobody has said more.</summary>
    Sent,

    /// <summary>A store keeps it for the recipient (202, or the processing notification "stored").</summary>
    Stored,

    /// <summary>Somebody says that it cannot be delivered.</summary>
    Failed,

    /// <summary>The recipient's client has all of it, safely.</summary>
    Delivered,

    /// <summary>It was shown to the recipient.</summary>
    Displayed,
}
