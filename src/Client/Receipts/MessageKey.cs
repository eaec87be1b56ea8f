namespace OmaIm.Client.Receipts;

/// <summary>What tells messages apart: an imdn.Message-ID is unique at its sender only (RFC 5438 section 6.3).</summary>
/// <param name="Sender">The sender's address, as the server vouches for it.</param>
/// <param name="MessageId">The imdn.Message-ID.</param>
public readonly record struct MessageKey(string Sender, string MessageId);
