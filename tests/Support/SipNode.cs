using Microsoft.Extensions.Logging.Abstractions;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;

namespace OmaIm.Tests.Support;

/// <summary>A whole SIP stack without sockets, on a clock that the test moves.</summary>
public sealed class SipNode : IAsyncDisposable
{
    public SipNode(TimeProvider time, TransactionLimits? limits = null, SessionTimerOptions? sessionTimers = null)
    {
        Loop = new ControlLoop(time);
        Transport = new SipTransport(Loop, new SipTransportOptions(), NullLoggerFactory.Instance);
        Transactions = new TransactionLayer(Loop, Transport, null, limits);
        Dialogs = new DialogLayer(Transactions, sessionTimers);
    }

    public ControlLoop Loop { get; }

    public SipTransport Transport { get; }

    public TransactionLayer Transactions { get; }

    public DialogLayer Dialogs { get; }

    public async ValueTask DisposeAsync()
    {
        await Transport.DisposeAsync();
        Loop.Dispose();
    }
}
