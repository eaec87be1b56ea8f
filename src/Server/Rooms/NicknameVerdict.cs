namespace OmaIm.Server.Rooms;

/// <summary>What became of a NICKNAME request (RFC 7701 section 7.2).</summary>
public enum NicknameVerdict
{
    Granted,

    /// <summary>The empty nickname: the user has none any more.</summary>
    GivenUp,

    /// <summary>423.</summary>
    TooLong,

    /// <summary>424.</summary>
    Malformed,

    /// <summary>425: another user has it, or it is another account's name.</summary>
    Taken,

    /// <summary>403: the session has left the room meanwhile, or is not in it yet.</summary>
    NotInRoom,
}
