namespace OmaIm.Server.Sessions;

/// <summary>How a session that somebody asked for ended. <see cref="SessionEnds"/> says what the sides and the metric hear.</summary>
internal enum SessionEnd
{
    /// <summary>The caller gave up before anybody answered.</summary>
    Cancelled,

    /// <summary>Nobody accepted.</summary>
    Refused,

    /// <summary>A side said BYE.</summary>
    Bye,

    /// <summary>A side does not answer any more, or let its session expire.</summary>
    PeerGone,

    /// <summary>A side's MSRP connection did not come, or did not come back.</summary>
    ConnectionLost,

    /// <summary>A side accepted with a description that is of no use.</summary>
    BadAnswer,

    /// <summary>The server stops.</summary>
    Stopping,
}
