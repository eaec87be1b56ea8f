using System.Security.Cryptography;

namespace OmaIm.Protocols.Text;

/// <summary>Unguessable identifiers: tags, branches, Call-IDs, session-ids, transaction-ids.</summary>
public static class RandomToken
{
    /// <summary>32 characters that every grammar used here allows, without the pairs that readers of logs mix up (0 o, 1 l).</summary>
    public const string Letters = "abcdefghijkmnpqrstuvwxyz23456789";

    /// <summary>Creates a token of at least <paramref name="bits"/> random bits (5 a character) from the cryptographic generator.</summary>
    public static string Create(int bits = 128)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bits);
        return RandomNumberGenerator.GetString(Letters, (bits + 4) / 5);
    }
}
