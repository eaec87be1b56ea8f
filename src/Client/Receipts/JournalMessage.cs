using OmaIm.Client.Messages;
using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.IsComposing;
using OmaIm.Protocols.Multipart;

namespace OmaIm.Client.Receipts;

/// <summary>A received message as the journal keeps it: the content, and what its receipts need.</summary>
public sealed record JournalMessage
{
    public required MessageKey Key { get; init; }

    /// <summary>The CPIM To: this user, or a room.</summary>
    public required string To { get; init; }

    /// <inheritdoc cref="ImMessage.OriginalTo"/>
    public string? OriginalTo { get; init; }

    /// <summary>The sender's DateTime.</summary>
    public DateTimeOffset? SentAt { get; init; }

    public ImdnRequests Requests { get; init; }

    public required string ContentType { get; init; }

    /// <inheritdoc cref="ImMessage.ReceiptRoutes"/>
    public IReadOnlyList<string> ReceiptRoutes { get; init; } = [];

    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Whether it was shown to the user.</summary>
    public bool IsDisplayed { get; init; }

    /// <summary>
    /// A message as a journal takes it; null for what has no imdn.Message-ID, so that it cannot be told apart, and for receipts and is-composing,
    /// which are no messages and are never notified of (RFC 5438 section 7.2.1).
    /// </summary>
    public static JournalMessage? From(ImMessage message)
    {
        if (message.MessageId is not { } id || IsNoMessage(message))
        {
            return null;
        }

        return new JournalMessage
        {
            Key = new MessageKey(message.Sender, id),
            To = message.To,
            OriginalTo = message.OriginalTo,
            SentAt = message.SentAt,
            Requests = message.Requests,
            ContentType = message.ContentType,
            ReceiptRoutes = message.ReceiptRoutes,
            Content = message.Content,
        };
    }

    /// <summary>The message as it came, for a program that shows after a restart what it had kept and not shown.</summary>
    public ImMessage ToMessage() => new()
    {
        From = Key.Sender,
        To = To,
        OriginalTo = OriginalTo,
        MessageId = Key.MessageId,
        SentAt = SentAt,
        Requests = Requests,
        ContentType = ContentType,
        ReceiptRoutes = ReceiptRoutes,
        Content = Content,
    };

    /// <summary>Whether it asks for that receipt.</summary>
    internal bool AsksFor(ImdnKind kind) => Requests.HasFlag(kind == ImdnKind.Display ? ImdnRequests.Display : ImdnRequests.PositiveDelivery);

    private static bool IsNoMessage(ImMessage message) =>
        Inbox.TryReadReceipts(message, out _) || (MimeType.TryParse(message.ContentType, out var type) && type.Name == IsComposingDocument.ContentType);
}
