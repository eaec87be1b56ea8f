using System.Net;

namespace OmaIm.Stack.Transport;

/// <summary>
/// The way to one peer: an open connection, or the pair of a UDP socket and a remote address (RFC 5626 section 2).
/// Two flows are equal when they are the same way.
/// </summary>
public abstract class SipFlow
{
    public abstract SipProtocol Protocol { get; }

    public abstract IPEndPoint Local { get; }

    public abstract IPEndPoint Remote { get; }

    /// <summary>Whether bytes arrive once, in order, or the flow closes; retransmission is then nobody's business but the transport's.</summary>
    public bool IsReliable => Protocol != SipProtocol.Udp;

    public abstract bool IsOpen { get; }

    /// <summary>Answers to pings of ours (RFC 5626 section 3.5.1); only a connection that we have made has any.</summary>
    public virtual long Pongs => 0;

    /// <summary>The host:port that requests over this flow carry in their Via.</summary>
    public virtual string SentBy => Local.ToString();

    /// <summary>The transport token for Via: UDP, TCP, TLS, WS, WSS.</summary>
    public string ViaTransport => Protocol switch
    {
        SipProtocol.Udp => "UDP",
        SipProtocol.Tcp => "TCP",
        SipProtocol.Tls => "TLS",
        SipProtocol.Ws => "WS",
        _ => "WSS",
    };

    /// <summary>Sends one whole message; never waits. A closed flow drops it.</summary>
    public abstract void Send(ReadOnlyMemory<byte> message);

    /// <summary>Ends a connection; UDP has nothing to end.</summary>
    public abstract void Close(string reason);
}
