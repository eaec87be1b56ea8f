namespace OmaIm.Client;

/// <summary>
/// The room's switch has taken the whole message: it answered 200 to its last chunk (RFC 4975 section 7.2). That says nothing yet about each
/// recipient.
/// </summary>
/// <param name="MessageId">The MSRP Message-ID, for logs on both sides.</param>
/// <param name="Elapsed">From the call to the last answer.</param>
public readonly record struct SendResult(string MessageId, TimeSpan Elapsed);
