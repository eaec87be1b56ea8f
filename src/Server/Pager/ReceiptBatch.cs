using OmaIm.Protocols.Multipart;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Pager;

/// <summary>Receipts for one sender that wait to go to him together.</summary>
internal sealed class ReceiptBatch
{
    /// <summary>The messages that brought them, not answered yet.</summary>
    public List<ServerTransaction> Transactions { get; } = [];

    /// <summary>The receipts as they came, byte for byte.</summary>
    public List<BodyPart> Receipts { get; } = [];

    /// <summary>Ends the waiting.</summary>
    public LoopTimer? Timer { get; set; }
}
