using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transport;

namespace OmaIm.Stack.Transactions;

/// <summary>A request that we sent, until it is answered and its answer can no longer come again (RFC 3261 section 17.1).</summary>
public abstract class ClientTransaction
{
    private readonly byte[] _bytes;
    private readonly Action<ClientTransaction, SipMessage> _onResponse;
    private readonly Action<ClientTransaction, TransactionFailure>? _onFailure;

    private protected ClientTransaction(TransactionLayer layer, ClientRequest request)
    {
        Layer = layer;
        Request = request.Message;
        Flow = request.Flow;
        Key = new ClientTransactionKey(request.Message.Via!.Branch!, request.Message.Method);
        _bytes = request.Message.ToArray();
        _onResponse = request.OnResponse;
        _onFailure = request.OnFailure;
    }

    public SipMessage Request { get; }

    public SipFlow Flow { get; }

    internal ClientTransactionKey Key { get; }

    private protected TransactionLayer Layer { get; }

    private protected TransactionTimers Timers => Layer.Timers;

    /// <summary>Asks to end an INVITE that has no final response yet (section 9.1): waits for a provisional one first. Does nothing else.</summary>
    /// <param name="reasonHeader">The value of a Reason header (RFC 3326), or null.</param>
    public virtual void Cancel(string? reasonHeader = null)
    {
    }

    /// <summary>Sends the request for the first time.</summary>
    internal abstract void Start();

    internal abstract void OnResponse(SipMessage response);

    internal abstract void OnTransportError();

    private protected void Transmit() => Flow.Send(_bytes);

    private protected void Retransmit()
    {
        Layer.Statistics.Retransmissions++;
        Transmit();
    }

    private protected void Deliver(SipMessage response) => _onResponse(this, response);

    private protected void Fail(TransactionFailure failure)
    {
        if (failure == TransactionFailure.Timeout)
        {
            Layer.Statistics.Timeouts++;
        }
        else
        {
            Layer.Statistics.TransportErrors++;
        }

        if (_onFailure is not null)
        {
            _onFailure(this, failure);
        }
        else
        {
            // RFC 3261 section 8.1.3.1: a timeout is treated as a 408, a transport error as a 503.
            Deliver(SipMessage.CreateResponse(Request, failure == TransactionFailure.Timeout ? 408 : 503));
        }
    }
}
