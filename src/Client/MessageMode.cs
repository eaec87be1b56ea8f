namespace OmaIm.Client;

/// <summary>The ways of a message in OMA SIMPLE IM.</summary>
public enum MessageMode
{
    /// <summary>A SIP MESSAGE of its own (RFC 3428).</summary>
    Pager,

    /// <summary>An MSRP session for this one message, because it is too large for pager mode.</summary>
    Large,

    /// <summary>Within a one-to-one session (RFC 4975).</summary>
    Session,
}
