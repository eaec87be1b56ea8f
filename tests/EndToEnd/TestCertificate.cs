using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OmaIm.Appliance.Configuration;
using OmaIm.Client;

namespace OmaIm.Tests.EndToEnd;

/// <summary>A certificate that says of itself who it is, in files for a server and in memory for those who trust it.</summary>
public sealed class TestCertificate : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("omaim-tls-").FullName;
    private readonly X509Certificate2 _certificate;

    /// <param name="address">Whose it is.</param>
    public TestCertificate(IPAddress? address = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=omaim test", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address ?? IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        Settings = new TlsSettings { Certificate = Path.Combine(_folder, "certificate.pem"), Key = Path.Combine(_folder, "key.pem") };
        File.WriteAllText(Settings.Certificate, _certificate.ExportCertificatePem());
        File.WriteAllText(Settings.Key, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>For a server that shows it.</summary>
    public TlsSettings Settings { get; }

    /// <summary>For a client that believes this certificate and no other.</summary>
    public MsrpTlsOptions Trust => new() { Trusted = [_certificate] };

    public void Dispose()
    {
        _certificate.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
