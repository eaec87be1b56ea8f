using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip;

/// <summary>
/// The checks that every message passes before anybody acts on it (RFC 3261 sections 8.1.1, 8.2.2 and 16.3): the mandatory
/// headers are there, once and well formed, and nothing is contradictory. Other headers stay unread.
/// </summary>
public static class SipSanity
{
    /// <summary>The first reason to refuse the message. After <see cref="SipRejection.None"/> From, To, CallId, CSeq, Via and, in a request, RequestUri can be relied on.</summary>
    public static SipRejection Check(SipMessage message)
    {
        var rejection = CheckMandatory(message);
        if (rejection == SipRejection.None)
        {
            rejection = CheckRepeated(message);
        }

        if (rejection == SipRejection.None && message.IsRequest)
        {
            rejection = CheckRequestUri(message);
        }

        return rejection == SipRejection.None ? CheckOptional(message) : rejection;
    }

    private static SipRejection CheckMandatory(SipMessage message)
    {
        var headers = message.Headers;
        if (message.Vias.Count == 0)
        {
            return headers.Contains(SipHeaderId.Via) ? SipRejection.BadVia : SipRejection.MissingVia;
        }

        if (message.From is null)
        {
            return headers.Contains(SipHeaderId.From) ? SipRejection.BadFrom : SipRejection.MissingFrom;
        }

        if (message.To is null)
        {
            return headers.Contains(SipHeaderId.To) ? SipRejection.BadTo : SipRejection.MissingTo;
        }

        if (message.CallId is null)
        {
            return headers.Contains(SipHeaderId.CallId) ? SipRejection.BadCallId : SipRejection.MissingCallId;
        }

        if (message.CSeq is null)
        {
            return headers.Contains(SipHeaderId.CSeq) ? SipRejection.BadCSeq : SipRejection.MissingCSeq;
        }

        return message.CSeq.Method == message.Method ? SipRejection.None : SipRejection.CSeqMethodMismatch;
    }

    private static SipRejection CheckRequestUri(SipMessage message)
    {
        var uri = message.TryGetRequestUri();
        if (uri is null || uri.Headers is not null)
        {
            return SipRejection.BadRequestUri;
        }

        return uri.IsSip || uri.Scheme == "tel" ? SipRejection.None : SipRejection.UnsupportedUriScheme;
    }

    /// <summary>Headers that are optional, but would mislead when they were there and taken as absent.</summary>
    private static SipRejection CheckOptional(SipMessage message)
        => message.IsMalformed(SipHeaderId.MaxForwards) ? SipRejection.BadMaxForwards
            : message.IsMalformed(SipHeaderId.Expires) ? SipRejection.BadExpires
            : message.IsMalformed(SipHeaderId.Contact) ? SipRejection.BadContact
            : message.IsMalformed(SipHeaderId.Route) ? SipRejection.BadRoute
            : message.IsMalformed(SipHeaderId.RecordRoute) ? SipRejection.BadRecordRoute
            : message.IsMalformed(SipHeaderId.ContentType) ? SipRejection.BadContentType
            : SipRejection.None;

    private static SipRejection CheckRepeated(SipMessage message)
    {
        UInt128 seen = 0; // one bit an id; a test compares the width with the number of ids
        foreach (var field in message.Headers)
        {
            if (field.Id == SipHeaderId.Unknown || SipHeaderNames.Cardinality(field.Id) != HeaderCardinality.Single)
            {
                continue;
            }

            var bit = UInt128.One << (int)field.Id;
            if ((seen & bit) != 0)
            {
                return Repeated(field.Id);
            }

            seen |= bit;
        }

        return SipRejection.None;
    }

    // From, To, Call-ID, CSeq, Content-Length do not come here: repeated, they are malformed.
    private static SipRejection Repeated(SipHeaderId id) => id switch
    {
        SipHeaderId.MaxForwards => SipRejection.BadMaxForwards,
        SipHeaderId.Expires => SipRejection.BadExpires,
        SipHeaderId.ContentType => SipRejection.BadContentType,
        _ => SipRejection.DuplicateHeader,
    };
}
