using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;

namespace OmaIm.Client.Signalling;

/// <summary>
/// The client's side of digest authentication (RFC 3261 section 22, RFC 7616, RFC 8760): takes the topmost challenge it supports, and
/// sends credentials with later requests before being asked, which saves their challenge. Lives on the control loop.
/// </summary>
internal sealed class Authenticator(string user, string password)
{
    /// <summary>Realms remembered: one client talks to one server, which rarely has a second realm behind it.</summary>
    private const int MaxRealms = 8;

    private readonly Dictionary<(string Realm, bool IsProxy), ProtectionSpace> _spaces = [];

    /// <summary>Adds credentials for every realm that has challenged before. The request needs its final Request-URI.</summary>
    public void Authorize(SipMessage request)
    {
        request.Headers.Remove(SipHeaderId.Authorization);
        request.Headers.Remove(SipHeaderId.ProxyAuthorization);
        foreach (var (key, space) in _spaces)
        {
            var header = key.IsProxy ? SipHeaderId.ProxyAuthorization : SipHeaderId.Authorization;
            request.Headers.Add(header, space.NextCredentials(user, request.Method, request.RequestUri).ToString());
        }
    }

    /// <summary>
    /// Reads a 401 or 407. True when the request is worth another attempt: the first refusal may be for want of (fresh) credentials,
    /// a later one only when the nonce had expired meanwhile.
    /// </summary>
    /// <param name="response">The refusal.</param>
    /// <param name="attempt">How often the request was refused before: 0 for its first refusal.</param>
    public bool TryLearn(SipMessage response, int attempt)
    {
        if (response.StatusCode is not (401 or 407) || !TryChoose(response, out var challenge))
        {
            return false;
        }

        var key = (challenge.Realm, response.StatusCode == 407);
        if (!_spaces.ContainsKey(key) && _spaces.Count >= MaxRealms)
        {
            return false;
        }

        _spaces[key] = new ProtectionSpace(challenge, Digest.Ha1(challenge.Algorithm, user, challenge.Realm, password));
        return attempt == 0 || (challenge.Stale && attempt < 3);
    }

    /// <summary>Reads a success: a server may name the next nonce (RFC 7616 section 3.5), and then saves the challenge that its expiry would cost.</summary>
    public void Renew(SipMessage response)
    {
        // Authentication-Info names no realm, so it can be trusted only while there is one space that it can mean.
        if (response.AuthenticationInfo?.NextNonce is { Length: > 0 } nonce && _spaces.Count == 1)
        {
            var (key, space) = _spaces.Single();
            _spaces[key] = space.WithNonce(nonce);
        }
    }

    private static bool TryChoose(SipMessage response, [NotNullWhen(true)] out DigestChallenge? chosen)
    {
        var challenges = response.StatusCode == 407
            ? response.ProxyAuthenticates.Select(header => header.Challenge)
            : response.WWWAuthenticates.Select(header => header.Challenge);

        // RFC 8760 section 2.4: the server lists its algorithms by preference. A challenge of another scheme or algorithm reads as null.
        chosen = challenges.FirstOrDefault(challenge =>
            challenge is not null && (challenge.Qop.Count == 0 || challenge.Qop.Contains("auth", StringComparer.OrdinalIgnoreCase)));
        return chosen is not null;
    }

    /// <summary>One realm's latest challenge and how often its nonce was used.</summary>
    private sealed class ProtectionSpace(DigestChallenge challenge, string ha1)
    {
        private readonly string _cnonce = RandomToken.Create();
        private uint _nonceCount;

        public ProtectionSpace WithNonce(string nonce) => new(challenge with { Nonce = nonce }, ha1);

        public DigestCredentials NextCredentials(string username, SipMethod method, SipUri requestUri)
        {
            // RFC 7616 section 3.4: nc-value = 8LHEX, strictly increasing for a nonce. Challenges of RFC 2069 have no qop and no count.
            var qop = challenge.Qop.Count > 0 ? "auth" : null;
            var nc = qop is null ? null : (++_nonceCount).ToString("x8", CultureInfo.InvariantCulture);
            var cnonce = qop is null ? null : _cnonce;
            var uri = requestUri.ToString();
            return new DigestCredentials
            {
                Username = username,
                Realm = challenge.Realm,
                Nonce = challenge.Nonce,
                Uri = uri,
                Response = Digest.Response(challenge.Algorithm, ha1, method.Name, uri, challenge.Nonce, nc, cnonce, qop),
                Algorithm = challenge.Algorithm,
                Opaque = challenge.Opaque,
                Qop = qop,
                Nc = nc,
                Cnonce = cnonce,
            };
        }
    }
}
