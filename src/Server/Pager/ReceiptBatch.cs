using OmaIm.Protocols.Imdn;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Pager;

/// <summary>Receipts for one sender that wait to go to him together.</summary>
internal sealed class ReceiptBatch
{
    /// <summary>The messages that brought them, not answered yet.</summary>
    public List<ServerTransaction> Transactions { get; } = [];

    public List<ImdnDocument> Receipts { get; } = [];

    /// <summary>Ends the waiting.</summary>
    public LoopTimer? Timer { get; set; }
}
