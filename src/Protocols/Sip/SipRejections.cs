namespace OmaIm.Protocols.Sip;

/// <summary>What follows from a refusal: the one place that maps <see cref="SipRejection"/> to the wire.</summary>
public static class SipRejections
{
    /// <summary>The status code that answers a request so refused. (A response or an ACK is dropped.)</summary>
    public static int StatusCode(SipRejection rejection) => Answer(rejection).StatusCode;

    /// <summary>The reason phrase of that answer; it names the header: "Bad CSeq".</summary>
    public static string Phrase(SipRejection rejection) => Answer(rejection).Phrase;

    /// <summary>Whether a stream cannot go on because nobody knows where the next message begins: answer, then close.</summary>
    public static bool CloseStream(SipRejection rejection) => rejection is SipRejection.BareLineEnd
        or SipRejection.NulOctet
        or SipRejection.StartLineTooLong
        or SipRejection.HeaderLineTooLong
        or SipRejection.TooManyHeaders
        or SipRejection.HeadTooLarge
        or SipRejection.BadContentLength
        or SipRejection.MissingContentLength
        or SipRejection.BodyTooLarge;

    private static (int StatusCode, string Phrase) Answer(SipRejection rejection) => rejection switch
    {
        SipRejection.BareLineEnd => (400, "Bad Line End"),
        SipRejection.NulOctet => (400, "NUL In Header"),
        SipRejection.StartLineTooLong => (414, "Request-URI Too Long"),
        SipRejection.HeaderLineTooLong => (513, "Header Line Too Long"),
        SipRejection.TooManyHeaders => (400, "Too Many Headers"),
        SipRejection.HeadTooLarge => (513, "Header Too Large"),
        SipRejection.IncompleteHead => (400, "Incomplete Header"),
        SipRejection.BadContentLength => (400, "Bad Content-Length"),
        SipRejection.MissingContentLength => (400, "Missing Content-Length"),
        SipRejection.BodyTooLarge => (413, "Request Entity Too Large"),
        SipRejection.TruncatedBody => (400, "Content-Length Exceeds Message"),
        SipRejection.BadStartLine => (400, "Bad Start Line"),
        SipRejection.UnsupportedVersion => (505, "Version Not Supported"),
        SipRejection.BadStatusCode => (400, "Bad Status Code"),
        SipRejection.BadHeaderLine => (400, "Bad Header Line"),
        SipRejection.BadRequestUri => (400, "Bad Request-URI"),
        SipRejection.UnsupportedUriScheme => (416, "Unsupported URI Scheme"),
        SipRejection.MissingVia => (400, "Missing Via"),
        SipRejection.BadVia => (400, "Bad Via"),
        SipRejection.MissingFrom => (400, "Missing From"),
        SipRejection.BadFrom => (400, "Bad From"),
        SipRejection.MissingTo => (400, "Missing To"),
        SipRejection.BadTo => (400, "Bad To"),
        SipRejection.MissingCallId => (400, "Missing Call-ID"),
        SipRejection.BadCallId => (400, "Bad Call-ID"),
        SipRejection.MissingCSeq => (400, "Missing CSeq"),
        SipRejection.BadCSeq => (400, "Bad CSeq"),
        SipRejection.CSeqMethodMismatch => (400, "CSeq Method Mismatch"),
        SipRejection.BadMaxForwards => (400, "Bad Max-Forwards"),
        SipRejection.BadExpires => (400, "Bad Expires"),
        SipRejection.BadContact => (400, "Bad Contact"),
        SipRejection.BadRoute => (400, "Bad Route"),
        SipRejection.BadRecordRoute => (400, "Bad Record-Route"),
        SipRejection.BadContentType => (400, "Bad Content-Type"),
        SipRejection.DuplicateHeader => (400, "Duplicate Header"),
        _ => throw new ArgumentOutOfRangeException(nameof(rejection), rejection, "Not a reason for a refusal."),
    };
}
