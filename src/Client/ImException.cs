using System.Globalization;

namespace OmaIm.Client;

/// <summary>
/// An operation failed. <see cref="StatusCode"/> and <see cref="Phrase"/> are those of the SIP response (RFC 3261 section 21) or of the
/// MSRP response (RFC 4975 section 10); failures made on this side carry the code that the RFCs give them (408, 481, 503).
/// </summary>
public sealed class ImException : Exception
{
    internal ImException(ImFailure failure, int statusCode, string phrase, Exception? inner = null)
        : base(string.Create(CultureInfo.InvariantCulture, $"{statusCode} {phrase}"), inner)
    {
        Failure = failure;
        StatusCode = statusCode;
        Phrase = phrase;
    }

    /// <summary>What kind of failure this is.</summary>
    public ImFailure Failure { get; }

    /// <summary>Three digits, 300 to 699.</summary>
    public int StatusCode { get; }

    /// <summary>The reason in words: the peer's own for SIP, so that it may hold what is not safe to print to a terminal as it is.</summary>
    public string Phrase { get; }

    /// <summary>A SIP final response other than 2xx.</summary>
    internal static ImException FromSip(int statusCode, string phrase) => new(
        statusCode switch
        {
            401 or 407 => ImFailure.AuthenticationRefused,
            403 or 603 => ImFailure.Forbidden,
            404 or 410 or 481 or 604 => ImFailure.NotFound,
            408 or 503 or 504 => ImFailure.Unreachable,
            413 or 513 => ImFailure.TooLarge,
            _ => ImFailure.Refused,
        },
        statusCode,
        phrase);

    /// <summary>An MSRP response other than 200; RFC 4975 section 10 and RFC 7701 section 7 give the codes their meaning.</summary>
    internal static ImException FromMsrp(int statusCode) => statusCode switch
    {
        403 => new ImException(ImFailure.Forbidden, 403, "not allowed here"),
        404 => new ImException(ImFailure.NotFound, 404, "no such participant"),
        408 => new ImException(ImFailure.Unreachable, 408, "no answer in time"),
        413 => new ImException(ImFailure.TooLarge, 413, "too large, or not wanted"),
        415 => new ImException(ImFailure.Refused, 415, "type of content not taken"),
        423 or 425 => new ImException(ImFailure.NicknameTaken, statusCode, "nickname reserved or in use"),
        424 => new ImException(ImFailure.Refused, 424, "not a nickname"),
        428 => new ImException(ImFailure.Refused, 428, "private messages not supported"),
        481 or 506 => new ImException(ImFailure.SessionEnded, statusCode, "session ended"),
        _ => new ImException(ImFailure.Refused, statusCode, "refused"),
    };

    /// <summary>Whatever else goes wrong on the way to the other side: what it has said could not be dealt with.</summary>
    internal static ImException Of(Exception failure) => failure as ImException ?? new ImException(ImFailure.ProtocolViolation, 500, failure.Message, failure);

    internal static ImException Unreachable(string phrase, Exception? inner = null) => new(ImFailure.Unreachable, 503, phrase, inner);

    internal static ImException SessionEnded(string phrase) => new(ImFailure.SessionEnded, 481, phrase);

    internal static ImException ProtocolViolation(string phrase) => new(ImFailure.ProtocolViolation, 502, phrase);
}
