namespace OmaIm.Client.Receipts;

/// <summary>News of a sent message.</summary>
/// <param name="MessageId">Its imdn.Message-ID.</param>
/// <param name="Recipient">Who has it, or has not: the address that it was sent to, or of one member where that was a room or a list.</param>
/// <param name="State">What is known now.</param>
/// <param name="IsOverdue">Nothing is known of its delivery after the time that <see cref="ReceiptOptions.Overdue"/> allows.</param>
public sealed record ReceiptChange(string MessageId, string Recipient, ReceiptState State, bool IsOverdue = false);
