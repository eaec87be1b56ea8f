using OmaIm.Protocols.Cpim;
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

    public string? OriginalTo { get; init; }

    /// <summary>The way that receipts have to go, when not straight to the sender: the message's IMDN-Record-Route lines.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>The sender's DateTime.</summary>
    public DateTimeOffset? SentAt { get; init; }

    public ImdnRequests Requests { get; init; }

    public required string ContentType { get; init; }

    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>
    /// A message as a journal takes it; null for what has no imdn.Message-ID, so that it cannot be told apart, and for receipts and is-composing,
    /// which are no messages and are never notified of (RFC 5438 section 7.2.1).
    /// </summary>
    /// <param name="message">The message.</param>
    /// <param name="sender">Whom the server or the session vouches for: the CPIM From may be anonymous.</param>
    public static JournalMessage? From(CpimMessage message, string sender)
    {
        var imdn = ImdnHeaders.Of(message);
        if (imdn.MessageId is not { } id || IsNoMessage(message))
        {
            return null;
        }

        return new JournalMessage
        {
            Key = new MessageKey(sender, id),
            To = message.To.Count > 0 ? message.To[0].Uri : string.Empty,
            OriginalTo = imdn.OriginalTo,
            Routes = imdn.RecordRoutes,
            SentAt = message.DateTime,
            Requests = imdn.Requests,
            ContentType = message.ContentType ?? "text/plain",
            Content = message.Content,
        };
    }

    /// <summary>Whether it asks for that receipt.</summary>
    internal bool AsksFor(ImdnKind kind) => Requests.HasFlag(kind == ImdnKind.Display ? ImdnRequests.Display : ImdnRequests.PositiveDelivery);

    private static bool IsNoMessage(CpimMessage message) =>
        ImdnBody.TryParse(message.ContentType, message.Content, out _) || ImdnBody.IsImdn(message.ContentType) ||
        (message.ContentType is { } type && MimeType.TryParse(type, out var mime) && mime.Name == IsComposingDocument.ContentType);
}
