namespace OmaIm.Server.Sessions;

/// <summary>Why the server itself refuses a request of a one-to-one session. <see cref="SessionRefusals"/> says what is answered.</summary>
public enum SessionRefusal
{
    None,

    /// <summary>The server is stopping.</summary>
    Stopping,

    /// <summary>As many sessions as the server may have.</summary>
    TooManySessions,

    /// <summary>As many sessions as one user may have begun.</summary>
    TooManyOfCaller,

    /// <summary>Nobody is registered under the address who takes what the caller asks for.</summary>
    Offline,

    /// <summary>Nobody answered in time.</summary>
    NoAnswer,

    /// <summary>A body that is no session description.</summary>
    UnsupportedBody,

    /// <summary>A body or a session description that cannot be read.</summary>
    BadDescription,

    /// <summary>An offer that cannot be anchored here.</summary>
    OfferNotAcceptable,

    /// <summary>The offerer wants to be connected to at a place where the server must not connect.</summary>
    ForbiddenAddress,

    /// <summary>The callee accepted with a description that is of no use.</summary>
    AnswerNotAcceptable,

    /// <summary>A file or large message that is larger than the realm allows.</summary>
    TooLarge,

    /// <summary>The other side has an offer of its own under way, or is not there yet.</summary>
    Pending,

    /// <summary>A request within a session whose Max-Forwards has run out.</summary>
    TooManyHops,

    /// <summary>As many REFERs under way as a session may have.</summary>
    TooManyReferrals,

    /// <summary>A message/cpim that cannot be read, or a part of a body whose type cannot.</summary>
    BadCpim,

    /// <summary>A message/cpim that claims to be from another user of the domain.</summary>
    ForeignCpimFrom,

    /// <summary>A message/cpim that names its sender, who asks not to be named (RFC 3325 section 9.3).</summary>
    NamedInCpim,

    /// <summary>A Privacy against the grammar, or more than one (RFC 3323 section 4.2).</summary>
    BadPrivacy,

    /// <summary>A method that has no meaning in a session.</summary>
    MethodNotAllowed,

    /// <summary>A method that is not known.</summary>
    UnknownMethod,

    /// <summary>Require names an extension that is not supported.</summary>
    BadExtension,
}
