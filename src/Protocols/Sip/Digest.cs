using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace OmaIm.Protocols.Sip;

/// <summary>The computations of the digest scheme (RFC 3261 section 22.4, RFC 7616 section 3.4). Hashes are lower-case hexadecimal.</summary>
public static class Digest
{
    /// <summary>The name of an algorithm as it is written.</summary>
    public static string NameOf(DigestAlgorithm algorithm) => algorithm switch
    {
        DigestAlgorithm.Md5 => "MD5",
        DigestAlgorithm.Md5Session => "MD5-sess",
        DigestAlgorithm.Sha256 => "SHA-256",
        DigestAlgorithm.Sha256Session => "SHA-256-sess",
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    /// <summary>Reads the name of an algorithm; null means MD5. False when it is unknown.</summary>
    public static bool TryParseAlgorithm(string? name, out DigestAlgorithm algorithm)
    {
        (var isKnown, algorithm) = name?.ToUpperInvariant() switch
        {
            null or "MD5" => (true, DigestAlgorithm.Md5),
            "MD5-SESS" => (true, DigestAlgorithm.Md5Session),
            "SHA-256" => (true, DigestAlgorithm.Sha256),
            "SHA-256-SESS" => (true, DigestAlgorithm.Sha256Session),
            _ => (false, default),
        };
        return isKnown;
    }

    /// <summary>H(user ":" realm ":" password): what a server keeps instead of the password, one for each hash.</summary>
    public static string Ha1(DigestAlgorithm algorithm, string user, string realm, string password)
        => Hash(algorithm, $"{user}:{realm}:{password}");

    /// <summary>The response for a password.</summary>
    public static string Response(
        DigestAlgorithm algorithm, string user, string realm, string password, string method, string uri, string nonce, string? nc, string? cnonce, string? qop)
        => Response(algorithm, Ha1(algorithm, user, realm, password), method, uri, nonce, nc, cnonce, qop);

    /// <summary>
    /// The response for H(A1), of the form with nc and cnonce when there is a qop, of the form of RFC 2069 when there is none.
    /// Of the qop values only "auth" is known: no body is hashed.
    /// </summary>
    public static string Response(
        DigestAlgorithm algorithm, string ha1, string method, string uri, string nonce, string? nc, string? cnonce, string? qop)
    {
        if (algorithm is DigestAlgorithm.Md5Session or DigestAlgorithm.Sha256Session)
        {
            ha1 = Hash(algorithm, $"{ha1}:{nonce}:{cnonce}");
        }

        var ha2 = Hash(algorithm, $"{method}:{uri}");
        return Hash(algorithm, qop is null ? $"{ha1}:{nonce}:{ha2}" : $"{ha1}:{nonce}:{nc}:{cnonce}:{qop}:{ha2}");
    }

    /// <summary>Compares two hexadecimal hashes without case, in a time that tells nothing about where they differ.</summary>
    public static bool FixedTimeEquals(string expected, string received)
        => CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(expected.ToLowerInvariant()), Encoding.UTF8.GetBytes(received.ToLowerInvariant()));

    [SuppressMessage("Security", "CA5351", Justification = "RFC 3261 makes MD5 mandatory; SHA-256 is offered first.")]
    private static string Hash(DigestAlgorithm algorithm, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Convert.ToHexStringLower(
            algorithm is DigestAlgorithm.Md5 or DigestAlgorithm.Md5Session ? MD5.HashData(bytes) : SHA256.HashData(bytes));
    }
}
