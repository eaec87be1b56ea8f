using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transport;

namespace OmaIm.Stack.Transactions;

/// <summary>A request that we sent, until it is answered and its answer can no longer come again (RFC 3261 section 17.1).</summary>
public abstract class ClientTransaction
{
    private protected ClientTransaction()
    {
    }

    public SipMessage Request => throw new NotImplementedException();

    public SipFlow Flow => throw new NotImplementedException();

    /// <summary>Asks to end an INVITE that has no final response yet (section 9.1): waits for a provisional one first. Does nothing else.</summary>
    public virtual void Cancel()
    {
    }
}
