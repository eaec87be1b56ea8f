using OmaIm.Protocols.Sip;

namespace OmaIm.Server.Core;

/// <summary>
/// Which contacts of a user a request may go to, by what its sender asks for in Accept-Contact and Reject-Contact (RFC 3841 section 7.2)
/// and what the contacts said about themselves when they registered (RFC 3840).
/// </summary>
public sealed class CallerPreferences
{
    /// <summary>Predicates of one request. 16: what a client asks for is one or two; each is compared with every contact of every recipient.</summary>
    private const int MaximumPredicates = 16;

    /// <summary>Features of one predicate. 32: more than RFC 3840 and OMA have together.</summary>
    private const int MaximumFeatures = 32;

    private readonly List<Predicate> _accepts;
    private readonly List<FeatureSet> _rejects;

    private CallerPreferences(List<Predicate> accepts, List<FeatureSet> rejects) => (_accepts, _rejects) = (accepts, rejects);

    /// <summary>Reads what the sender of a request asks for, once for all recipients.</summary>
    public static CallerPreferences Of(SipMessage request)
    {
        var rejects = request.RejectContacts.Select(header => new FeatureSet(header.Parameters)).ToList();
        var accepts = request.AcceptContacts.Select(header => new Predicate(header.Parameters)).ToList();
        if (rejects.Count == 0 && accepts.Count == 0)
        {
            accepts.Add(new Predicate(Implicit(request)));
        }

        return new CallerPreferences(accepts, rejects);
    }

    /// <summary>Whether a request asks for more than anybody could mean: it is refused with 400.</summary>
    public static bool AreTooMany(SipMessage request) =>
        request.AcceptContacts.Count + request.RejectContacts.Count > MaximumPredicates
        || request.AcceptContacts.Any(header => IsTooLong(header.Parameters))
        || request.RejectContacts.Any(header => IsTooLong(header.Parameters));

    /// <summary>
    /// The contacts that match, the user's own preference (q) first, then the better match. OMA IM forks to all of them at once.
    /// Empty when none matches: the user is then as good as absent, and the answer is 480.
    /// </summary>
    /// <remarks>
    /// A contact that states no feature at all is left alone (RFC 3841 section 7.2.4), with one exception: a predicate with both require and
    /// explicit wants a statement, and OMA IM routes by it only to contacts that registered for the service.
    /// </remarks>
    public IReadOnlyList<RegisteredContact> Select(IReadOnlyList<RegisteredContact> contacts) =>
    [
        .. contacts
            .Select(contact => (Contact: contact, Score: Score(contact.Features)))
            .Where(rated => rated.Score is not null)
            .OrderByDescending(rated => rated.Contact.Q)
            .ThenByDescending(rated => rated.Score)
            .Select(rated => rated.Contact),
    ];

    private static bool IsTooLong(SipParameters parameters) => new FeatureSet(parameters).Count > MaximumFeatures;

    // RFC 3841 section 7.2.2: without preferences of the caller's, the method itself and the event package are what a contact must not exclude.
    private static SipParameters Implicit(SipMessage request)
    {
        var parameters = SipParameters.Empty.With("methods", request.Method.Name).With("require");
        return request.Event is { Package: var package } ? parameters.With("events", package) : parameters;
    }

    /// <summary>How well a contact matches, 0 to 1; null when the request must not go there.</summary>
    private double? Score(FeatureSet contact)
    {
        if (contact.IsEmpty)
        {
            return _accepts.Exists(predicate => predicate is { IsRequired: true, IsExplicit: true }) ? null : 1;
        }

        // RFC 3841 section 7.2.4: only a contact that states all of it can be rejected.
        if (_rejects.Exists(reject => contact.States(reject) && contact.Meets(reject, out _)))
        {
            return null;
        }

        var sum = 0.0;
        foreach (var predicate in _accepts)
        {
            var isMet = contact.Meets(predicate.Features, out var score) && (score >= 1 || !predicate.IsExplicit);
            if (!isMet && predicate.IsRequired)
            {
                return null;
            }

            sum += isMet ? score : 0;
        }

        return _accepts.Count == 0 ? 1 : sum / _accepts.Count;
    }

    private sealed class Predicate(SipParameters parameters)
    {
        public FeatureSet Features { get; } = new(parameters);

        public bool IsRequired { get; } = parameters.Contains("require");

        public bool IsExplicit { get; } = parameters.Contains("explicit");
    }
}
