using OmaIm.Protocols.Imdn;

namespace OmaIm.Client;

/// <summary>What a sender wants beside the sending itself.</summary>
public sealed record SendOptions
{
    internal static readonly SendOptions Default = new();

    /// <summary>Receipts to ask for (RFC 5438). They come by <see cref="ImClient.ReceiptReceived"/>, or among the events of the session.</summary>
    public ImdnRequests Receipts { get; init; }

    /// <summary>Of a receipt: the recorded route of the message that it is about.</summary>
    internal IReadOnlyList<string> ReceiptRoutes { get; init; } = [];

    /// <summary>The imdn.Message-ID; null for a fresh one. A message that is sent again keeps its id, so that the receiver shows it once.</summary>
    public string? MessageId { get; init; }

    public string? Subject { get; init; }

    /// <summary>
    /// How long the message is worth delivering later, for pager mode (Expires, RFC 3428 section 5); zero: only now. Null leaves it to the server.
    /// </summary>
    public TimeSpan? Expires { get; init; }

    /// <summary>
    /// In a session: the sending ends only when the receiver's client has reported the whole message (Success-Report, RFC 4975 section 7.1.2),
    /// or with 408 when it has not in <see cref="ReportTime"/>. Off: when the next hop has all of it.
    /// </summary>
    public bool AwaitReport { get; init; }

    /// <summary>How long a report may take. 30 s: RFC 4975 section 7.1.1 gives a chunk as long.</summary>
    public TimeSpan ReportTime { get; init; } = TimeSpan.FromSeconds(30);
}
