using OmaIm.Protocols.Sip;

namespace OmaIm.Server.Core;

/// <summary>
/// Which contacts of a user a request may go to, by what its sender asks for in Accept-Contact and Reject-Contact (RFC 3841 section 7.2)
/// and what the contacts said about themselves when they registered (RFC 3840).
/// </summary>
public static class CallerPreferences
{
    /// <summary>
    /// The contacts that match, the user's own preference (q) first, then the better match. OMA IM forks to all of them at once.
    /// Empty when none matches: the user is then as good as absent, and the answer is 480.
    /// </summary>
    /// <remarks>
    /// A contact that states no feature at all is left alone (section 7.2.2), with one exception: a predicate with both require and
    /// explicit wants a statement, and OMA IM routes by it only to contacts that registered for the service.
    /// </remarks>
    public static IReadOnlyList<RegisteredContact> Select(SipMessage request, IReadOnlyList<RegisteredContact> contacts)
    {
        if (contacts.Count == 0)
        {
            return contacts;
        }

        var rejects = request.RejectContacts.Select(header => new FeatureSet(header.Parameters)).ToList();
        var accepts = request.AcceptContacts.Select(header => new Predicate(header.Parameters)).ToList();
        if (rejects.Count == 0 && accepts.Count == 0)
        {
            accepts.Add(new Predicate(Implicit(request)));
        }

        return
        [
            .. contacts
                .Select(contact => (Contact: contact, Score: Score(new FeatureSet(contact.Features), accepts, rejects)))
                .Where(rated => rated.Score is not null)
                .OrderByDescending(rated => rated.Contact.Q)
                .ThenByDescending(rated => rated.Score)
                .Select(rated => rated.Contact),
        ];
    }

    // Section 7.2.2: without preferences of the caller's, the method itself and the event package are what a contact must not exclude.
    private static SipParameters Implicit(SipMessage request)
    {
        var parameters = SipParameters.Empty.With("methods", request.Method.Name).With("require");
        return request.Event is { Package: var package } ? parameters.With("events", package) : parameters;
    }

    /// <summary>How well a contact matches, 0 to 1; null when the request must not go there.</summary>
    private static double? Score(FeatureSet contact, List<Predicate> accepts, List<FeatureSet> rejects)
    {
        if (contact.IsEmpty)
        {
            return accepts.Exists(predicate => predicate is { IsRequired: true, IsExplicit: true }) ? null : 1;
        }

        // Section 7.2.3: only a contact that states all of it can be rejected.
        if (rejects.Exists(reject => contact.States(reject) && contact.Meets(reject, out _)))
        {
            return null;
        }

        var sum = 0.0;
        foreach (var predicate in accepts)
        {
            var isMet = contact.Meets(predicate.Features, out var score) && (score >= 1 || !predicate.IsExplicit);
            if (!isMet && predicate.IsRequired)
            {
                return null;
            }

            sum += isMet ? score : 0;
        }

        return accepts.Count == 0 ? 1 : sum / accepts.Count;
    }

    private sealed class Predicate(SipParameters parameters)
    {
        public FeatureSet Features { get; } = new(parameters);

        public bool IsRequired { get; } = parameters.Contains("require");

        public bool IsExplicit { get; } = parameters.Contains("explicit");
    }
}
