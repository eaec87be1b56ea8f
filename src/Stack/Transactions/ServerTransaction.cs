using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transport;

namespace OmaIm.Stack.Transactions;

/// <summary>A request that we received, until our answer need not be sent again (RFC 3261 section 17.2).</summary>
public abstract class ServerTransaction
{
    private protected ServerTransaction()
    {
    }

    /// <summary>A CANCEL came for this INVITE. Who does not answer within the callback lets the layer answer 487.</summary>
    public event Action? Cancelled;

    public SipMessage Request => throw new NotImplementedException();

    public SipFlow Flow => throw new NotImplementedException();

    /// <summary>Whether a final response was given.</summary>
    public bool IsAnswered => throw new NotImplementedException();

    /// <summary>The tag that our responses put into To when the request has none.</summary>
    public string LocalTag => throw new NotImplementedException();

    /// <summary>Sends the response. Once a final one was given, only 2xx copies for an INVITE still go out.</summary>
    public void Respond(SipMessage response) => throw new NotImplementedException();

    /// <summary>Sends a response without body.</summary>
    public void Respond(int status, string? phrase = null) => throw new NotImplementedException();

    /// <summary>A response with our To tag, the same for all responses of this transaction.</summary>
    public SipMessage CreateResponse(int status, string? phrase = null) => throw new NotImplementedException();

    internal void Use() => Cancelled?.Invoke();
}
