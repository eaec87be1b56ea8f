using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transport;

namespace OmaIm.Stack.Dialogs;

/// <summary>The state of RFC 3261 section 12: two peers, their tags, their sequence numbers and the way between them.</summary>
public sealed class Dialog
{
    internal Dialog()
    {
    }

    public string CallId => throw new NotImplementedException();
    public string LocalTag => throw new NotImplementedException();
    public string RemoteTag => throw new NotImplementedException();
    public SipUri LocalUri => throw new NotImplementedException();
    public SipUri RemoteUri => throw new NotImplementedException();

    /// <summary>The peer's Contact: the Request-URI of our requests.</summary>
    public SipUri RemoteTarget => throw new NotImplementedException();
    public IReadOnlyList<string> RouteSet => throw new NotImplementedException();
    public SipFlow Flow => throw new NotImplementedException();

    /// <summary>A request within the dialog (section 12.2.1.1), with the next CSeq and our Contact.</summary>
    public SipMessage CreateRequest(SipMethod method) => throw new NotImplementedException();
}
