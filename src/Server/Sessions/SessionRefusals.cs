using System.Globalization;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Sessions;

/// <summary>The one place that maps refusals to the wire and to the metric's tag.</summary>
public static class SessionRefusals
{
    public static (int Status, string? Phrase, string Tag) Describe(SessionRefusal refusal) => refusal switch
    {
        SessionRefusal.Stopping => (503, null, "stopping"),
        SessionRefusal.TooManySessions => (503, null, "too_many_sessions"),
        SessionRefusal.TooManyOfCaller => (486, "Too Many Sessions", "too_many_of_caller"),
        SessionRefusal.Offline => (480, null, "offline"),
        SessionRefusal.NoAnswer => (480, "No Answer", "no_answer"),
        SessionRefusal.UnsupportedBody => (415, null, "unsupported_body"),
        SessionRefusal.BadDescription => (400, "Bad Session Description", "bad_description"),
        SessionRefusal.OfferNotAcceptable => (488, null, "offer_not_acceptable"),
        SessionRefusal.ForbiddenAddress => (488, null, "forbidden_address"),
        SessionRefusal.AnswerNotAcceptable => (488, null, "answer_not_acceptable"),
        SessionRefusal.TooLarge => (413, null, "too_large"),
        SessionRefusal.Pending => (491, null, "pending"),
        SessionRefusal.TooManyHops => (483, null, "too_many_hops"),
        SessionRefusal.TooManyReferrals => (486, "Too Many Referrals", "too_many_referrals"),
        SessionRefusal.BadCpim => (400, "Bad message/cpim", "bad_cpim"),
        SessionRefusal.ForeignCpimFrom => (403, "CPIM From Is Not the Authenticated User", "foreign_cpim_from"),
        SessionRefusal.NamedInCpim => (400, "CPIM From Names Who Asks for Privacy", "named_in_cpim"),
        SessionRefusal.BadPrivacy => (400, "Bad Privacy", "bad_privacy"),
        SessionRefusal.MethodNotAllowed => (405, null, "method_not_allowed"),
        SessionRefusal.UnknownMethod => (501, null, "unknown_method"),
        SessionRefusal.BadExtension => (420, null, "bad_extension"),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "not a refusal"),
    };

    /// <summary>What a message/cpim in a request is refused for; none when nothing is wrong with it.</summary>
    public static SessionRefusal Of(CpimFault? fault) => fault switch
    {
        null => SessionRefusal.None,
        CpimFault.ForeignFrom => SessionRefusal.ForeignCpimFrom,
        CpimFault.NamesUnnamed => SessionRefusal.NamedInCpim,
        _ => SessionRefusal.BadCpim,
    };

    /// <summary>Answers a request with a refusal and the header that belongs to it.</summary>
    public static void Refuse(this SessionServices services, ServerTransaction transaction, SessionRefusal refusal, string? detail = null)
    {
        var (status, phrase, tag) = Describe(refusal);
        services.Metrics.Refused("sessions", tag);
        services.Log.Refused(tag, transaction.Flow.Remote);
        (SipHeaderId, string)[] headers = refusal switch
        {
            SessionRefusal.Stopping or SessionRefusal.TooManySessions => [(SipHeaderId.RetryAfter, "5")],
            SessionRefusal.UnsupportedBody => [(SipHeaderId.Accept, "application/sdp, multipart/mixed"), Answers.Unpacked],
            SessionRefusal.OfferNotAcceptable or SessionRefusal.ForbiddenAddress or SessionRefusal.AnswerNotAcceptable =>
                [Answers.Warning(services.Addresses.Domain, detail ?? "offer not acceptable")],
            SessionRefusal.TooLarge => [Answers.Warning(services.Addresses.Domain, SizeExceeded(services.Options.MaximumMessageSize))],
            SessionRefusal.MethodNotAllowed => [(SipHeaderId.Allow, SessionHeaders.Allow)],
            SessionRefusal.BadExtension => [(SipHeaderId.Unsupported, detail ?? "")],
            _ => [],
        };
        transaction.Respond(status, phrase, headers);
    }

    private static string SizeExceeded(long maximum) => string.Create(CultureInfo.InvariantCulture, $"133 Size exceeded, {maximum} bytes at most");
}
