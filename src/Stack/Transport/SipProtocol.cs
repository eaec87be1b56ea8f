namespace OmaIm.Stack.Transport;

/// <summary>What carries a SIP message.</summary>
public enum SipProtocol
{
    Udp,
    Tcp,
    Tls,
    Ws,
    Wss,
}
