using Microsoft.Extensions.Logging.Abstractions;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;

namespace OmaIm.Tests.Support;

/// <summary>A whole SIP stack without sockets, on a clock that the test moves.</summary>
public sealed class SipNode : IDisposable
{
    public SipNode(TimeProvider time, TransactionLimits? limits = null, SessionTimerOptions? sessionTimers = null, bool dialogs = true)
    {
        Loop = new ControlLoop(time);
        Transport = new SipTransport(Loop, new SipTransportOptions(), NullLoggerFactory.Instance);
        Transactions = new TransactionLayer(Loop, Transport, null, limits);
        Dialogs = dialogs ? new DialogLayer(Transactions, sessionTimers) : null!;
    }

    public ControlLoop Loop { get; }

    public SipTransport Transport { get; }

    public TransactionLayer Transactions { get; }

    /// <summary>Null when the node is for transactions only.</summary>
    public DialogLayer Dialogs { get; }

    /// <summary>The transport has no sockets to close.</summary>
    public void Dispose() => Loop.Dispose();
}
