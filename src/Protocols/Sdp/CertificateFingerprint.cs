using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace OmaIm.Protocols.Sdp;

/// <summary>The hash of a certificate (<c>a=fingerprint</c>, RFC 8122 section 5): who shows that certificate is who made the description.</summary>
public sealed class CertificateFingerprint
{
    private readonly HashAlgorithmName _function;
    private readonly byte[] _hash;

    private CertificateFingerprint(HashAlgorithmName function, byte[] hash) => (_function, _hash) = (function, hash);

    /// <summary>Reads the value of the attribute; false for what is malformed, or made with a function that proves nothing any more.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out CertificateFingerprint? fingerprint)
    {
        // hash-func SP fingerprint ; fingerprint = 2UHEX *(":" 2UHEX)
        fingerprint = null;
        if (text.Trim().Split(' ') is not [var name, var digits])
        {
            return false;
        }

        (HashAlgorithmName Function, int Length)? known = name.ToLowerInvariant() switch
        {
            "sha-256" => (HashAlgorithmName.SHA256, SHA256.HashSizeInBytes),
            "sha-384" => (HashAlgorithmName.SHA384, SHA384.HashSizeInBytes),
            "sha-512" => (HashAlgorithmName.SHA512, SHA512.HashSizeInBytes),
            _ => null,
        };
        if (known is not var (function, length) || digits.Length != (3 * length) - 1)
        {
            return false;
        }

        var hash = new byte[length];
        for (var i = 0; i < length; i++)
        {
            var at = 3 * i;
            if (!char.IsAsciiHexDigit(digits[at]) || !char.IsAsciiHexDigit(digits[at + 1]) || (i > 0 && digits[at - 1] != ':'))
            {
                return false;
            }

            hash[i] = Convert.FromHexString(digits.AsSpan(at, 2))[0];
        }

        fingerprint = new CertificateFingerprint(function, hash);
        return true;
    }

    /// <summary>Whether it is that of a certificate in its DER form.</summary>
    public bool Matches(ReadOnlySpan<byte> certificate) => CryptographicOperations.HashData(_function, certificate).AsSpan().SequenceEqual(_hash);
}
