using System.Text;
using OmaIm.Protocols.Imdn;

namespace OmaIm.Client;

/// <summary>A whole message from one user to another, whichever way it came: pager mode, large message mode, or a session.</summary>
public sealed record ImMessage
{
    /// <summary>SIP URI of the sender, as the signalling vouches for it; what the message says of itself is <see cref="Author"/>.</summary>
    public required string From { get; init; }

    /// <summary>The sender's name for people; null when he gave none.</summary>
    public string? FromName { get; init; }

    /// <summary>SIP URI that the message was sent to: this user, or a group that he belongs to.</summary>
    public required string To { get; init; }

    /// <summary>To whom it was addressed first, where somebody on the way has changed that (imdn.Original-To, RFC 5438 section 6.4); otherwise null.</summary>
    public string? OriginalTo { get; init; }

    /// <summary>The From inside a CPIM message (RFC 3862), where it differs from <see cref="From"/>: a member of the group that sent it on. Otherwise null.</summary>
    public string? Author { get; init; }

    public MessageMode Mode { get; init; }

    /// <summary>
    /// Whose message it is, and who gets its receipts: the From inside CPIM (RFC 5438 section 7.2.1.1), which the servers on the way hold against who
    /// sent it. A group's message is its author's; in a session between two users nobody else may be made the author, and an anonymous one has none.
    /// </summary>
    internal string Sender => Mode == MessageMode.Pager ? Author ?? From : From;

    /// <summary>The imdn.Message-ID (RFC 5438 section 6.3) by which receipts name it; null for a message outside of CPIM.</summary>
    public string? MessageId { get; init; }

    /// <summary>Which receipts the sender wants.</summary>
    public ImdnRequests Requests { get; init; }

    /// <summary>
    /// URIs of those on the way who want to pass its receipts on, the next one first (IMDN-Record-Route, RFC 5438 section 6.5). A receipt that goes
    /// as MESSAGE goes to the first of them.
    /// </summary>
    public IReadOnlyList<string> ReceiptRoutes { get; init; } = [];

    /// <summary>When it was sent, by the sender's clock; null when not told.</summary>
    public DateTimeOffset? SentAt { get; init; }

    public string? Subject { get; init; }

    /// <summary>MIME type of <see cref="Content"/> with its parameters.</summary>
    public required string ContentType { get; init; }

    /// <summary>The content, byte for byte. It is the reader's to keep.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Whether <see cref="Text"/> is worth showing.</summary>
    public bool IsText => ContentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The content read as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Content.Span);
}
