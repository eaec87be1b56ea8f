using System.Net;

namespace OmaIm.Protocols.Sip;

/// <summary>The comparison of URIs, rule by rule of RFC 3261 section 19.1.4.</summary>
internal static class SipUriComparison
{
    // "A user, ttl, or method uri-parameter appearing in only one URI never matches"; maddr likewise.
    private static readonly string[] NeverOneSided = ["user", "ttl", "method", "maddr"];

    public static bool AreEquivalent(SipUri left, SipUri right)
    {
        if (!left.IsSip || !right.IsSip)
        {
            return string.Equals(left.Aor, right.Aor, StringComparison.Ordinal);
        }

        // sip and sips never match; the user is compared with case; a written port never matches an absent one.
        return left.Scheme == right.Scheme
            && string.Equals(left.User, right.User, StringComparison.Ordinal)
            && string.Equals(left.Password, right.Password, StringComparison.Ordinal)
            && HostsMatch(left.Host, right.Host)
            && left.Port == right.Port
            && ParametersMatch(left.Parameters, right.Parameters)
            && HeadersMatch(left.Headers, right.Headers);
    }

    // An IPv6 address may be written in many ways: it is compared by its value (RFC 5954 section 4.2).
    private static bool HostsMatch(string left, string right) => string.Equals(left, right, StringComparison.Ordinal)
        || (left.StartsWith('[') && right.StartsWith('[')
            && IPAddress.TryParse(left, out var one) && IPAddress.TryParse(right, out var other) && one.Equals(other));

    private static bool ParametersMatch(SipParameters left, SipParameters right)
    {
        foreach (var name in NeverOneSided)
        {
            if (left.Contains(name) != right.Contains(name))
            {
                return false;
            }
        }

        // A parameter of both must match; any other that stands in one only is ignored.
        return left.Names.All(name => !right.Contains(name)
            || string.Equals(left[name], right[name], StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Headers are never ignored; their order does not count.</summary>
    private static bool HeadersMatch(string? left, string? right)
    {
        if (left is null || right is null)
        {
            return left is null && right is null;
        }

        return left.Split('&').Order(StringComparer.OrdinalIgnoreCase)
            .SequenceEqual(right.Split('&').Order(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
    }
}
