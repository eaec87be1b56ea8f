namespace OmaIm.Server.Registrar;

/// <summary>Why a REGISTER is refused. <see cref="RegistrarRefusals"/> says what is answered.</summary>
public enum RegistrarRefusal
{
    None,

    /// <summary>To is no account of the domain (RFC 3261 section 10.3, step 5).</summary>
    UnknownUser,

    /// <summary>To is another account than the sender's (step 4).</summary>
    ForeignUser,

    /// <summary>A Contact that is not a SIP URI.</summary>
    ForeignScheme,

    /// <summary>"*" beside other contacts, or with another expiry than 0 (step 6).</summary>
    BadWildcard,

    /// <summary>A registration shorter than the shortest (step 7).</summary>
    TooBrief,

    /// <summary>An old CSeq under a Call-ID that is known (step 7).</summary>
    OutOfOrder,

    /// <summary>More contacts than a user may have.</summary>
    TooManyContacts,
}
