namespace OmaIm.Server.Rooms;

/// <summary>Why a session left its room. <see cref="LeaveReasons"/> says what that means to whom.</summary>
public enum LeaveReason
{
    /// <summary>The client said BYE.</summary>
    Departed,

    /// <summary>A moderator said so.</summary>
    Expelled,

    /// <summary>The MSRP connection died, or its reader was too slow.</summary>
    ConnectionLost,

    /// <summary>No MSRP connection came in time.</summary>
    NeverConnected,

    /// <summary>The answer to our offer was none that a room can use.</summary>
    BadAnswer,

    /// <summary>He accepted an invitation when the room was full.</summary>
    NoPlace,

    /// <summary>The client does not answer: no ACK, no refresh of the session, no response.</summary>
    Unreachable,

    /// <summary>The room or the server ends.</summary>
    Closed,
}
