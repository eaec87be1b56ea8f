using OmaIm.Protocols.Sip;

namespace OmaIm.Stack.Transport;

/// <summary>What the transport counts. Safe to read from any thread.</summary>
public sealed class SipTransportStatistics
{
    public long MessagesReceived => throw new NotImplementedException();
    public long MessagesSent => throw new NotImplementedException();
    public long KeepAlives => throw new NotImplementedException();
    public long QueueFull => throw new NotImplementedException();
    public long SendFailures => throw new NotImplementedException();
    public long ConnectionsAccepted => throw new NotImplementedException();
    public long ConnectionsRefused => throw new NotImplementedException();
    public long ConnectionsClosed => throw new NotImplementedException();

    /// <summary>How many messages were rejected for this reason.</summary>
    public long Rejected(SipRejection rejection) => throw new NotImplementedException();
}
