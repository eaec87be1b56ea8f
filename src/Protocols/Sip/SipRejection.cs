namespace OmaIm.Protocols.Sip;

/// <summary>Why a message is refused: one member for each reason, mapped to answer and consequence by <see cref="SipRejections"/>.</summary>
public enum SipRejection
{
    /// <summary>It is not refused.</summary>
    None,

    /// <summary>A CR without LF or a LF without CR in the head.</summary>
    BareLineEnd,

    /// <summary>A NUL outside a quoted pair in the head.</summary>
    NulOctet,

    /// <summary>The start line exceeds <see cref="SipLimits.StartLine"/>.</summary>
    StartLineTooLong,

    /// <summary>A header line exceeds <see cref="SipLimits.HeaderLine"/>.</summary>
    HeaderLineTooLong,

    /// <summary>More headers than <see cref="SipLimits.Headers"/>.</summary>
    TooManyHeaders,

    /// <summary>Start line and headers exceed <see cref="SipLimits.Head"/>.</summary>
    HeadTooLarge,

    /// <summary>A datagram that ends before the blank line.</summary>
    IncompleteHead,

    /// <summary>Content-Length is no number, or stands twice.</summary>
    BadContentLength,

    /// <summary>A message on a stream without Content-Length (RFC 3261 section 18.3).</summary>
    MissingContentLength,

    /// <summary>Content-Length exceeds <see cref="SipLimits.Body"/>.</summary>
    BodyTooLarge,

    /// <summary>A datagram that is shorter than its Content-Length says.</summary>
    TruncatedBody,

    /// <summary>Neither Request-Line nor Status-Line.</summary>
    BadStartLine,

    /// <summary>A SIP-Version other than 2.0.</summary>
    UnsupportedVersion,

    /// <summary>A status code that is not 100 to 699.</summary>
    BadStatusCode,

    /// <summary>A header line without name or colon, or a folded line before any header.</summary>
    BadHeaderLine,

    /// <summary>The Request-URI breaks the grammar, or has headers (RFC 3261 section 19.1.1).</summary>
    BadRequestUri,

    /// <summary>The Request-URI's scheme is neither sip, sips nor tel.</summary>
    UnsupportedUriScheme,

    /// <summary>No Via.</summary>
    MissingVia,

    /// <summary>A Via breaks the grammar.</summary>
    BadVia,

    /// <summary>No From.</summary>
    MissingFrom,

    /// <summary>From breaks the grammar, or stands twice.</summary>
    BadFrom,

    /// <summary>No To.</summary>
    MissingTo,

    /// <summary>To breaks the grammar, or stands twice.</summary>
    BadTo,

    /// <summary>No Call-ID.</summary>
    MissingCallId,

    /// <summary>Call-ID breaks the grammar, or stands twice.</summary>
    BadCallId,

    /// <summary>No CSeq.</summary>
    MissingCSeq,

    /// <summary>CSeq breaks the grammar, or stands twice.</summary>
    BadCSeq,

    /// <summary>The method of CSeq is not that of the start line.</summary>
    CSeqMethodMismatch,

    /// <summary>Max-Forwards is not 0 to 255, or stands twice.</summary>
    BadMaxForwards,

    /// <summary>Expires is no number, or stands twice.</summary>
    BadExpires,

    /// <summary>A Contact breaks the grammar.</summary>
    BadContact,

    /// <summary>A Route breaks the grammar.</summary>
    BadRoute,

    /// <summary>A Record-Route breaks the grammar.</summary>
    BadRecordRoute,

    /// <summary>Content-Type breaks the grammar, or stands twice.</summary>
    BadContentType,

    /// <summary>Another header that may stand once stands twice (RFC 3261 section 7.3.1).</summary>
    DuplicateHeader,
}
