using System.Net.Security;
using OmaIm.Protocols.Sdp;

namespace OmaIm.Stack.Transport;

/// <summary>Whom a connection that this side makes over TLS expects.</summary>
public static class TlsPeer
{
    /// <summary>
    /// The one whose certificate a session description names (RFC 8122 section 6.2): it may be of his own making, and need name no host.
    /// </summary>
    public static SslClientAuthenticationOptions Expect(CertificateFingerprint fingerprint) => new()
    {
        RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null && fingerprint.Matches(certificate.GetRawCertData()),
    };
}
