using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace OmaIm.Client;

/// <summary>MSRP over TLS, and whom to believe that he is the server. The certificate must name the host that the server's path names.</summary>
public sealed record MsrpTlsOptions
{
    /// <summary>The only authorities, or the very certificates, that are trusted; empty: those of the system.</summary>
    public IReadOnlyList<X509Certificate2> Trusted { get; init; } = [];

    /// <summary>Trusts the certificates of a PEM file and no others.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It is no such file.</exception>
    public static MsrpTlsOptions FromFile(string path)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(path);
        return certificates.Count > 0
            ? new MsrpTlsOptions { Trusted = [.. certificates] }
            : throw new System.Security.Cryptography.CryptographicException(path + " holds no certificate");
    }

    /// <summary>What a connection to <paramref name="host"/> expects of its peer.</summary>
    public SslClientAuthenticationOptions Expect(string host)
    {
        var options = new SslClientAuthenticationOptions { TargetHost = host.Trim('[', ']') };
        if (Trusted.Count > 0)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(Trusted.ToArray());
        }

        return options;
    }
}
