using OmaIm.Protocols.Msrp;

namespace OmaIm.Stack.Msrp;

/// <summary>Counters of one loop. Its thread alone writes them; others may read them at any time.</summary>
public sealed class MsrpStatistics
{
    private readonly long[] _rejections = new long[Enum.GetValues<MsrpRejection>().Length];
    private readonly long[] _closed = new long[Enum.GetValues<MsrpCloseReason>().Length];

    public long FramesReceived { get; internal set; }

    public long BytesReceived { get; internal set; }

    public long BytesSent { get; internal set; }

    /// <summary>Writes handed to connections: deliveries for each of them are what replication optimises.</summary>
    public long Writes { get; internal set; }

    public long ConnectionsOpened { get; internal set; }

    /// <summary>Connections that went to the loop of the session that they named first.</summary>
    public long Moves { get; internal set; }

    /// <summary>Ways opened from a connection to sessions of another loop.</summary>
    public long Crossings { get; internal set; }

    public long CallbackFailures { get; internal set; }

    /// <summary>Messages that routes took for replication.</summary>
    public long MessagesTaken { get; set; }

    /// <summary>Frames that routes wrote to members.</summary>
    public long Deliveries { get; set; }

    public long Rejections(MsrpRejection rejection) => Volatile.Read(ref _rejections[(int)rejection]);

    public long Closed(MsrpCloseReason reason) => Volatile.Read(ref _closed[(int)reason]);

    public void Count(MsrpRejection rejection) => _rejections[(int)rejection]++;

    internal void Count(MsrpCloseReason reason) => _closed[(int)reason]++;
}
