using OmaIm.Client.Messages;
using OmaIm.Client.Pager;
using OmaIm.Client.Signalling;

namespace OmaIm.Client.Sessions;

/// <summary>What the sessions of one client share.</summary>
internal sealed record SessionParts(UserAgent Agent, ImClientOptions Options, Inbox Inbox, ReceiptSender Receipts, Action<ChatSession> OnClosed);
