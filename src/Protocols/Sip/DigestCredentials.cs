namespace OmaIm.Protocols.Sip;

/// <summary>The credentials of the digest scheme, the value of Authorization and Proxy-Authorization (RFC 3261 section 22.4).</summary>
public sealed record DigestCredentials
{
    public required string Username { get; init; }

    public required string Realm { get; init; }

    public required string Nonce { get; init; }

    /// <summary>The digest-uri: the Request-URI as the client wrote it.</summary>
    public required string Uri { get; init; }

    /// <summary>The proof, hexadecimal.</summary>
    public required string Response { get; init; }

    public DigestAlgorithm Algorithm { get; init; }

    public string? Opaque { get; init; }

    /// <summary>The chosen qop; null for the form of RFC 2069.</summary>
    public string? Qop { get; init; }

    /// <summary>The nonce count: eight hexadecimal digits, there whenever qop is.</summary>
    public string? Nc { get; init; }

    /// <summary>The client's nonce, there whenever qop is.</summary>
    public string? Cnonce { get; init; }

    /// <summary>Answers a challenge with a password; the qop is "auth" when the challenge offers it.</summary>
    public static DigestCredentials Answer(
        DigestChallenge challenge, string user, string password, SipMethod method, string uri, int nonceCount, string cnonce)
    {
        var qop = challenge.Qop.Contains("auth", StringComparer.OrdinalIgnoreCase) ? "auth" : null;
        var hasCnonce = qop is not null || challenge.Algorithm is DigestAlgorithm.Md5Session or DigestAlgorithm.Sha256Session;
        var nc = qop is null ? null : nonceCount.ToString("x8", System.Globalization.CultureInfo.InvariantCulture);
        return new DigestCredentials
        {
            Username = user,
            Realm = challenge.Realm,
            Nonce = challenge.Nonce,
            Uri = uri,
            Algorithm = challenge.Algorithm,
            Opaque = challenge.Opaque,
            Qop = qop,
            Nc = nc,
            Cnonce = hasCnonce ? cnonce : null,
            Response = Digest.Response(
                challenge.Algorithm, user, challenge.Realm, password, method.Name, uri, challenge.Nonce, nc, cnonce, qop),
        };
    }

    /// <summary>Whether the proof fits the secret H(A1) and the method; compared in constant time.</summary>
    public bool Proves(string ha1, SipMethod method)
        => Digest.FixedTimeEquals(Digest.Response(Algorithm, ha1, method.Name, Uri, Nonce, Nc, Cnonce, Qop), Response);

    /// <summary>The header value: Digest username="...", ...</summary>
    public override string ToString()
    {
        var writer = new AuthParameters.Writer("Digest");
        writer.Quoted("username", Username);
        writer.Quoted("realm", Realm);
        writer.Quoted("nonce", Nonce);
        writer.Quoted("uri", Uri);
        writer.Quoted("response", Response);
        writer.Token("algorithm", Digest.NameOf(Algorithm));
        writer.Quoted("cnonce", Cnonce);
        writer.Quoted("opaque", Opaque);
        writer.Token("qop", Qop); // a token here, a quoted string in the challenge (RFC 7616 section 3.4)
        writer.Token("nc", Nc);
        return writer.ToString();
    }

    /// <summary>Reads a header value. True with null credentials: another scheme or algorithm, or a piece is missing that digest needs.</summary>
    internal static bool TryParse(ReadOnlySpan<byte> value, out string scheme, out DigestCredentials? credentials)
    {
        credentials = null;
        if (!AuthParameters.TryParse(value, out scheme, out var parameters))
        {
            return false;
        }

        if (parameters is null || !Digest.TryParseAlgorithm(parameters["algorithm"], out var algorithm)
            || parameters["username"] is not { } username || parameters["realm"] is not { } realm
            || parameters["nonce"] is not { } nonce || parameters["uri"] is not { } uri || parameters["response"] is not { } response)
        {
            return true;
        }

        var qop = parameters["qop"];
        var nc = parameters["nc"];
        if (qop is not null && (!IsNonceCount(nc) || parameters["cnonce"] is null))
        {
            return true;
        }

        credentials = new DigestCredentials
        {
            Username = username,
            Realm = realm,
            Nonce = nonce,
            Uri = uri,
            Response = response,
            Algorithm = algorithm,
            Opaque = parameters["opaque"],
            Qop = qop,
            Nc = nc,
            Cnonce = parameters["cnonce"],
        };
        return true;
    }

    // nc-value = 8LHEX, read without case
    private static bool IsNonceCount(string? text) => text is { Length: 8 } && text.All(char.IsAsciiHexDigit);
}
