using OmaIm.Protocols.Imdn;

namespace OmaIm.Client.Receipts;

/// <summary>A receipt that a message has asked for, that is true by now, and that its sender is not known to have.</summary>
/// <param name="Message">The message.</param>
/// <param name="Kind"><see cref="ImdnKind.Delivery"/> or <see cref="ImdnKind.Display"/>.</param>
public sealed record OwedReceipt(JournalMessage Message, ImdnKind Kind);
