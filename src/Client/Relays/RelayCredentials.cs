using System.Globalization;
using OmaIm.Protocols.Msrp.Headers;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;

namespace OmaIm.Client.Relays;

/// <summary>
/// Digest authentication towards a relay (RFC 4976 section 9.1). The digest-uri is the relay's own URI; it is written out as well, which the
/// grammar allows and some relays need.
/// </summary>
internal sealed class RelayCredentials(MsrpRelayOptions relay)
{
    private const string Method = "AUTH";

    private readonly string _cnonce = RandomToken.Create();
    private DigestChallenge? _challenge;
    private string _ha1 = "";
    private uint _count;

    /// <summary>Takes a challenge; false when it cannot be answered.</summary>
    public bool TryLearn(DigestChallenge? challenge)
    {
        // RFC 4976 knows the qop "auth" alone, and demands it.
        if (challenge is null || !challenge.Qop.Contains("auth", StringComparer.OrdinalIgnoreCase))
        {
            return false;
        }

        _challenge = challenge;
        _ha1 = Digest.Ha1(challenge.Algorithm, relay.User, challenge.Realm, relay.Password);
        _count = 0;
        return true;
    }

    /// <summary>The value of the next Authorization; null before the first challenge.</summary>
    public string? Next()
    {
        if (_challenge is not { } challenge)
        {
            return null;
        }

        _count++;
        return new DigestCredentials
        {
            Username = relay.User,
            Realm = challenge.Realm,
            Nonce = challenge.Nonce,
            Uri = relay.Uri,
            Algorithm = challenge.Algorithm,
            Opaque = challenge.Opaque,
            Qop = "auth",
            Nc = Count,
            Cnonce = _cnonce,
            Response = Prove(Method),
        }.ToString();
    }

    /// <summary>Whether what a relay says of itself is right: only who knows the password can say it (RFC 7616 section 3.5). Nothing said is right.</summary>
    public bool Believes(AuthenticationInfoHeader? info)
    {
        if (_challenge is not { } challenge || info is not { } proof)
        {
            return true;
        }

        // A2 of the relay's proof has no method.
        var isRight = proof.ResponseAuth is not { } response || Digest.FixedTimeEquals(Prove(""), response);
        if (isRight && proof.NextNonce is { Length: > 0 } next)
        {
            _challenge = challenge with { Nonce = next };
            _count = 0;
        }

        return isRight;
    }

    private string Count => _count.ToString("x8", CultureInfo.InvariantCulture);

    private string Prove(string method) =>
        Digest.Response(_challenge!.Algorithm, _ha1, method, relay.Uri, _challenge.Nonce, Count, _cnonce, "auth");
}
