using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Sip.Headers;
using OmaIm.Protocols.Text;
using OmaIm.Stack.Transport;

namespace OmaIm.Stack.Transactions;

/// <summary>A request that we received, until our answer need not be sent again (RFC 3261 section 17.2).</summary>
public abstract class ServerTransaction
{
    private readonly SipFlow _responseFlow;
    private string? _localTag;

    private protected ServerTransaction(TransactionLayer layer, SipMessage request, SipFlow flow)
    {
        Layer = layer;
        Request = request;
        Flow = flow;
        Key = ServerTransactionKey.Of(request, request.Method);
        MergeKey = Transactions.MergeKey.Of(request);
        _responseFlow = SipTransport.ResponseFlow(request, flow);
    }

    /// <summary>A CANCEL came for this INVITE. Who does not answer within the callback lets the layer answer 487.</summary>
    public event Action? Cancelled;

    /// <summary>The request; of one whose answer has arrived no more than its <see cref="SipMessage.CreateOutline"/>.</summary>
    public SipMessage Request { get; private set; }

    public SipFlow Flow { get; }

    /// <summary>Whether a final response was given.</summary>
    public bool IsAnswered { get; private set; }

    /// <summary>The tag that our responses put into To when the request has none.</summary>
    public string LocalTag => _localTag ??= string.IsNullOrEmpty(Request.To!.Tag) ? RandomToken.Create() : Request.To.Tag;

    internal ServerTransactionKey Key { get; }

    internal MergeKey? MergeKey { get; }

    private protected TransactionLayer Layer { get; }

    private protected TransactionTimers Timers => Layer.Timers;

    private protected bool IsReliable => Flow.IsReliable;

    /// <summary>Sends the response. Once a final one was given, only copies of a 2xx for an INVITE still go out.</summary>
    public void Respond(SipMessage response)
    {
        if (response.StatusCode >= 200)
        {
            IsAnswered = true;
        }

        OnRespond(response);
    }

    /// <summary>Sends a response without body.</summary>
    public void Respond(int status, string? phrase = null) => Respond(CreateResponse(status, phrase));

    /// <summary>A response with our To tag, the same for all responses of this transaction.</summary>
    public SipMessage CreateResponse(int status, string? phrase = null)
    {
        var response = SipMessage.CreateResponse(Request, status, phrase);

        // Section 8.2.6.2: every response but 100 carries a To tag.
        if (status > 100 && string.IsNullOrEmpty(Request.To!.Tag))
        {
            var to = Request.To;
            response.Headers.Set(SipHeaderId.To, new ToHeader(to.Uri, to.Parameters.With("tag", LocalTag), to.DisplayName).ToString());
        }

        return response;
    }

    /// <summary>
    /// The user is through with the request. The transaction goes on for half a minute, for copies and a late CANCEL: when a crowd
    /// has joined, the whole INVITEs would be most of the process until then.
    /// </summary>
    internal void KeepOutline() => Request = SipMessage.CreateOutline(Request);

    internal abstract void Start();

    /// <summary>The same request came again.</summary>
    internal abstract void OnRetransmission();

    internal void OnCancel()
    {
        if (!IsAnswered)
        {
            Cancelled?.Invoke();
        }

        if (!IsAnswered)
        {
            Respond(487);
        }
    }

    private protected abstract void OnRespond(SipMessage response);

    private protected void Transmit(byte[] response) => _responseFlow.Send(response);

    private protected void Retransmit(byte[]? response)
    {
        if (response is not null)
        {
            Layer.Statistics.Retransmissions++;
            Transmit(response);
        }
    }
}
