using OmaIm.Client.Messages;
using OmaIm.Client.Pager;
using OmaIm.Client.Signalling;

namespace OmaIm.Client.Sessions;

/// <summary>What the sessions of one client share.</summary>
/// <param name="Agent">This user.</param>
/// <param name="Options">His account.</param>
/// <param name="Inbox">Where messages go.</param>
/// <param name="Receipts">Sends receipts in pager mode.</param>
/// <param name="Partials">Large messages that are not whole.</param>
/// <param name="OnClosed">Hears of each session that has ended.</param>
/// <param name="OnFailed">Hears of each message, by its imdn.Message-ID, that failed behind the answer of a hop.</param>
internal sealed record SessionParts(
    UserAgent Agent,
    ImClientOptions Options,
    Inbox Inbox,
    ReceiptSender Receipts,
    PartialMessages Partials,
    Action<ChatSession> OnClosed,
    Action<string> OnFailed);
