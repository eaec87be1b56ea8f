namespace OmaIm.Protocols.Msrp;

/// <summary>What the start line of an MSRP frame says it is (RFC 4975 section 7.1, RFC 7701 section 7).</summary>
public enum MsrpMethod
{
    /// <summary>A transaction response; the frame's status code says which.</summary>
    Response,
    Send,
    Report,
    Nickname,
    Auth,

    /// <summary>A well-formed method that this implementation does not know: answered 501.</summary>
    Unknown,
}
