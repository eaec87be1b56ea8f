namespace OmaIm.Client;

/// <summary>A message was taken by whoever answers for it.</summary>
/// <param name="MessageId">The imdn.Message-ID, by which receipts name it; for a message outside of CPIM an id for logs.</param>
/// <param name="Mode">The way it went.</param>
/// <param name="IsStored">Nobody has it yet: the server keeps it until the receiver is there (202).</param>
/// <param name="IsDelivered">The receiver's client has all of it: it answered the MESSAGE (RFC 3428 section 8), or reported success (RFC 4975 section 7.1.2).</param>
/// <param name="Elapsed">From the call to the last answer.</param>
public sealed record SentMessage(string MessageId, MessageMode Mode, bool IsStored, bool IsDelivered, TimeSpan Elapsed);
