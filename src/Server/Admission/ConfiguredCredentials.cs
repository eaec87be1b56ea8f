using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;
using OmaIm.Server.Core;
using OmaIm.Server.Core.Ports;

namespace OmaIm.Server.Admission;

/// <summary>The accounts of the configuration. Passwords are turned into digests once, at the start, and forgotten.</summary>
public sealed class ConfiguredCredentials : ICredentialStore
{
    private readonly Dictionary<string, (string? Md5, string? Sha256)> _accounts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _nicknameKeys = new(StringComparer.Ordinal);

    public ConfiguredCredentials(IEnumerable<AccountOptions> accounts, string realm)
    {
        foreach (var account in accounts)
        {
            _accounts[account.User] = account.Password is { } password
                ? (Digest.Ha1(DigestAlgorithm.Md5, account.User, realm, password), Digest.Ha1(DigestAlgorithm.Sha256, account.User, realm, password))
                : (account.Ha1Md5, account.Ha1Sha256);
            if (Nickname.Prepare(account.User) is { } key)
            {
                _nicknameKeys.Add(key);
            }
        }
    }

    public bool Exists(string user) => _accounts.ContainsKey(user);

    public bool HasAlike(string nicknameKey) => _nicknameKeys.Contains(nicknameKey);

    public bool TryGetHa1(string user, DigestAlgorithm algorithm, [NotNullWhen(true)] out string? ha1)
    {
        var (md5, sha256) = _accounts.GetValueOrDefault(user);
        ha1 = algorithm switch
        {
            DigestAlgorithm.Md5 => md5,
            DigestAlgorithm.Sha256 => sha256,
            _ => null,
        };
        return ha1 is not null;
    }
}
