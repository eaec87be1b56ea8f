namespace OmaIm.Protocols.Sdp;

/// <summary>Why an offer is answered 488 (or 400 when the description itself is broken), or an answer is not usable.</summary>
public enum SdpRejection
{
    None,

    /// <summary>No <c>m=message</c> section over TCP/MSRP or TCP/TLS/MSRP with a port other than 0.</summary>
    NoMsrpMedia,

    /// <summary>There is MSRP, but over another transport (TLS asked, TCP spoken, or the reverse).</summary>
    TransportMismatch,

    /// <summary><c>a=path</c> is missing or not an MSRP URI.</summary>
    BadPath,

    /// <summary>The <c>c=</c> line names no host: it is longer than a name can be.</summary>
    BadHost,

    /// <summary><c>a=accept-types</c> is missing.</summary>
    NoAcceptTypes,

    /// <summary>The other side does not accept a media type that is required here.</summary>
    TypeNotAccepted,

    /// <summary><c>a=setup</c> has no usable value.</summary>
    BadSetup,

    /// <summary>An attribute of the file to transfer breaks its rule (RFC 5547 section 6).</summary>
    BadFile,
}
