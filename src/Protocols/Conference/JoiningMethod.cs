namespace OmaIm.Protocols.Conference;

/// <summary>How an endpoint came in (RFC 4575 section 5.7.4).</summary>
public enum JoiningMethod
{
    DialedIn,
    DialedOut,
    FocusOwner,
}
