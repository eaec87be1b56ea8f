namespace OmaIm.Stack.Msrp;

/// <summary>Why a session or a connection ended; also the tag of the connection metric.</summary>
public enum MsrpCloseReason
{
    /// <summary>Ended on purpose by this side.</summary>
    Local,

    /// <summary>The peer closed its end between two frames.</summary>
    PeerClosed,

    /// <summary>The peer closed its end, or the connection broke, inside a frame.</summary>
    Truncated,

    /// <summary>The connection broke.</summary>
    TransportError,

    /// <summary>Frames could not be told apart any more.</summary>
    FramingError,

    /// <summary>No first frame, or no session was bound, in time.</summary>
    NotBound,

    /// <summary>A frame came in at less than the minimum rate.</summary>
    SlowWriter,

    /// <summary>The peer did not take what was sent to it within the limits of its outbox.</summary>
    SlowReader,

    /// <summary>Too many frames for sessions that do not exist.</summary>
    TooManyFailures,

    /// <summary>The peer answered that the session is gone (481, 506) or did not answer at all.</summary>
    SessionRefused,

    /// <summary>The process ends.</summary>
    Shutdown,
}
