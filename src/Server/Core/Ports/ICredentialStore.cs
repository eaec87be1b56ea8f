using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Sip;

namespace OmaIm.Server.Core.Ports;

/// <summary>The accounts of the domain and what is needed to check their passwords.</summary>
public interface ICredentialStore
{
    /// <summary>Whether there is such an account. <paramref name="user"/> is the user part of the address.</summary>
    bool Exists(string user);

    /// <summary>Whether there is an account whose name reads like that.</summary>
    /// <param name="nicknameKey">A nickname as nicknames are compared (RFC 8266 section 2.4): without regard to case, among others.</param>
    bool HasAlike(string nicknameKey);

    /// <summary>H(user:realm:password) in hex for that algorithm; false for an unknown user or where no such digest is kept.</summary>
    bool TryGetHa1(string user, DigestAlgorithm algorithm, [NotNullWhen(true)] out string? ha1);
}
