using OmaIm.Protocols.Imdn;

namespace OmaIm.Client;

/// <summary>What became of a message of this user's, as its receiver's client or a server tells (RFC 5438).</summary>
/// <param name="MessageId">The imdn.Message-ID of that message.</param>
/// <param name="From">SIP URI of who speaks.</param>
/// <param name="Kind">What the receipt is about.</param>
/// <param name="Status">Delivered, displayed, stored, failed.</param>
public sealed record Receipt(string MessageId, string From, ImdnKind Kind, ImdnStatus Status)
{
    /// <summary>SIP URI of whom the signalling names as the sender, where the receipt itself names another; null where they are the same.</summary>
    public string? VouchedBy { get; init; }
}
