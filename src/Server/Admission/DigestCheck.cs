using System.Globalization;
using System.Security.Cryptography;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;
using OmaIm.Server.Core;
using OmaIm.Server.Core.Ports;

namespace OmaIm.Server.Admission;

/// <summary>Makes digest challenges and checks their answers (RFC 3261 section 22, RFC 7616, RFC 8760).</summary>
public sealed class DigestCheck
{
    /// <summary>A client nonce of ours has 26 characters; this leaves room for generous ones and none for abuse.</summary>
    private const int MaximumCnonce = 256;

    private readonly DigestAlgorithm[] _algorithms;
    private readonly string _realm;
    private readonly ICredentialStore _credentials;
    private readonly NonceSource _nonces;
    private readonly NonceCounts _counts;
    private readonly string _opaque = RandomToken.Create();
    private readonly string _nobody = RandomNumberGenerator.GetHexString(64, lowercase: true);

    public DigestCheck(string realm, ICredentialStore credentials, AdmissionOptions options, TimeProvider time)
    {
        _realm = realm;
        _algorithms = options.OffersSha256 ? [DigestAlgorithm.Sha256, DigestAlgorithm.Md5] : [DigestAlgorithm.Md5];
        _credentials = credentials;
        _nonces = new NonceSource(realm, options.NonceLifetime, time);
        _counts = new NonceCounts(options.NonceEntries, options.NonceLifetime);
    }

    /// <summary>One challenge an algorithm, the stronger first (RFC 8760 section 2.3), all with one nonce.</summary>
    public IEnumerable<DigestChallenge> Challenges(bool stale)
    {
        var nonce = _nonces.Create();
        foreach (var algorithm in _algorithms)
        {
            yield return new DigestChallenge
            {
                Realm = _realm,
                Nonce = nonce,
                Algorithm = algorithm,
                Opaque = _opaque,
                Qop = ["auth"],
                Stale = stale,
            };
        }
    }

    public bool IsForThisRealm(DigestCredentials credentials) => string.Equals(credentials.Realm, _realm, StringComparison.Ordinal);

    /// <summary>Checks credentials against the request that carries them.</summary>
    public DigestResult Check(DigestCredentials credentials, SipMethod method, SipUri requestUri)
    {
        if (!IsWellFormed(credentials, out var count) || !IsForRequest(credentials, requestUri))
        {
            return DigestResult.Wrong;
        }

        // An unknown user takes the same way with a secret that nobody knows: same work, same answer.
        var isKnown = _credentials.TryGetHa1(credentials.Username, credentials.Algorithm, out var ha1);
        var nobody = credentials.Algorithm == DigestAlgorithm.Md5 ? _nobody[..32] : _nobody;
        var isProof = credentials.Proves(ha1 ?? nobody, method) & isKnown;
        var nonce = _nonces.Check(credentials.Nonce, out var issued);
        if (!isProof || nonce == NonceStatus.Invented)
        {
            return DigestResult.Wrong;
        }

        if (nonce == NonceStatus.Expired)
        {
            return DigestResult.Stale;
        }

        return _counts.TryUse(credentials.Nonce, issued, count, _nonces.Now) ? DigestResult.Proven : DigestResult.Replayed;
    }

    // RFC 7616 section 3.4: qop = "auth"; nc = 8LHEX; cnonce MUST be given with qop.
    private bool IsWellFormed(DigestCredentials credentials, out uint count)
    {
        count = 0;
        return credentials.Algorithm is DigestAlgorithm.Md5 or DigestAlgorithm.Sha256
            && string.Equals(credentials.Qop, "auth", StringComparison.OrdinalIgnoreCase)
            && credentials.Cnonce is { Length: > 0 and <= MaximumCnonce }
            && credentials.Nc is { Length: 8 } nc
            && uint.TryParse(nc, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out count)
            && (credentials.Opaque is null || string.Equals(credentials.Opaque, _opaque, StringComparison.Ordinal));
    }

    private static bool IsForRequest(DigestCredentials credentials, SipUri requestUri) =>
        SipUri.TryParse(credentials.Uri, out var uri) && uri.IsEquivalentTo(requestUri);
}
