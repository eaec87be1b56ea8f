namespace OmaIm.Server.Core;

/// <summary>What a Request-URI addresses.</summary>
public enum DestinationKind
{
    /// <summary>The server itself: a domain without a user, or the address it listens on.</summary>
    Server,

    /// <summary>The conference factory (RFC 4579 section 5.4).</summary>
    Factory,

    /// <summary>The service that sends a message to every entry of its list (RFC 5365).</summary>
    Exploder,

    /// <summary>An address in the rooms domain, whether or not the room exists.</summary>
    Room,

    /// <summary>An address in the domain of the accounts, whether or not the account exists.</summary>
    User,

    /// <summary>A domain that is not ours.</summary>
    Elsewhere,
}
