namespace OmaIm.Client;

/// <summary>What kind of failure an <see cref="ImException"/> reports; decide on this, show the phrase.</summary>
public enum ImFailure
{
    /// <summary>The other side refused for a reason that has no kind of its own; see the status code.</summary>
    Refused,

    /// <summary>No answer, or no connection: SIP 408, 503 and 504, MSRP 408, and every socket error.</summary>
    Unreachable,

    /// <summary>User name or password were refused (401 or 407 in answer to fresh credentials).</summary>
    AuthenticationRefused,

    /// <summary>403: known, but not allowed.</summary>
    Forbidden,

    /// <summary>404, 410, 604 or 481: no such user, room, participant or session.</summary>
    NotFound,

    /// <summary>413: the message is larger than the other side takes.</summary>
    TooLarge,

    /// <summary>423 or 425 in answer to NICKNAME (RFC 7701 section 7): reserved or in use.</summary>
    NicknameTaken,

    /// <summary>The session ended before the answer came.</summary>
    SessionEnded,

    /// <summary>The other side answered what its protocol does not allow.</summary>
    ProtocolViolation,
}
