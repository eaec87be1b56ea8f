namespace OmaIm.Server.Admission;

/// <summary>Why a request is not let in. <see cref="AdmissionRefusals"/> says what is answered.</summary>
public enum AdmissionRefusal
{
    None,

    /// <summary>Max-Forwards is 0 (RFC 3261 section 16.3).</summary>
    TooManyHops,

    /// <summary>The Request-URI is neither sip nor sips (RFC 3261 section 8.2.2.1).</summary>
    UnsupportedScheme,

    /// <summary>A method that no SIP extension here knows (RFC 3261 section 21.5.2).</summary>
    UnknownMethod,

    /// <summary>Require or Proxy-Require names an extension that is not supported (RFC 3261 section 8.2.2.3).</summary>
    BadExtension,

    /// <summary>No usable credentials for the realm.</summary>
    NoCredentials,

    /// <summary>Credentials that prove nothing.</summary>
    WrongCredentials,

    /// <summary>The nonce is too old.</summary>
    StaleNonce,

    /// <summary>The nonce count was used before.</summary>
    ReplayedCredentials,

    /// <summary>From is not the authenticated user.</summary>
    ForeignFrom,

    /// <summary>A Privacy against the grammar, or more than one (RFC 3323 section 4.2): nobody could say whether the sender wants to be named.</summary>
    BadPrivacy,

    /// <summary>More predicates in Accept-Contact and Reject-Contact, or features in one, than are read.</summary>
    TooManyPreferences,
}
