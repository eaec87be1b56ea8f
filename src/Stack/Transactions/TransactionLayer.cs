using OmaIm.Protocols.Sip;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transport;

namespace OmaIm.Stack.Transactions;

/// <summary>Matches messages to transactions (RFC 3261 section 17). All members but <see cref="SendAsync"/> are for the loop.</summary>
public sealed class TransactionLayer
{
    public TransactionLayer(ControlLoop loop, SipTransport transport, TransactionTimers? timers = null) => throw new NotImplementedException();

    /// <summary>A new request. CANCEL and retransmissions never come here.</summary>
    public event Action<ServerTransaction>? RequestReceived;

    /// <summary>An ACK for a 2xx (the others belong to their transaction).</summary>
    public event Action<SipMessage, SipFlow>? AckReceived;

    /// <summary>A response without transaction; it is dropped.</summary>
    public event Action<SipMessage, SipFlow>? StrayResponse;

    public ControlLoop Loop => throw new NotImplementedException();

    public SipTransport Transport => throw new NotImplementedException();

    public TransactionTimers Timers => throw new NotImplementedException();

    /// <summary>
    /// Sends a request: prepends the Via with a fresh branch. <paramref name="onResponse"/> gets every provisional response, the final
    /// one, and for INVITE all further 2xx. Without <paramref name="onFailure"/> a failure arrives as a 408 or 503 made here.
    /// </summary>
    public ClientTransaction Send(
        SipMessage request,
        SipFlow flow,
        Action<ClientTransaction, SipMessage> onResponse,
        Action<ClientTransaction, TransactionFailure>? onFailure = null) => throw new NotImplementedException();

    /// <summary>Sends a request and returns its final response, a 408 or 503 made here on failure. From any thread; cancelling ends the waiting, not the transaction.</summary>
    public Task<SipMessage> SendAsync(SipMessage request, SipFlow flow, CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Sends an ACK for a 2xx, which has no transaction: prepends a Via unless it has one.</summary>
    public void SendStateless(SipMessage message, SipFlow flow) => throw new NotImplementedException();

    internal void Use()
    {
        RequestReceived?.Invoke(null!);
        AckReceived?.Invoke(null!, null!);
        StrayResponse?.Invoke(null!, null!);
    }
}
