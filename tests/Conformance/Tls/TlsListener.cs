using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;

namespace OmaIm.Tests.Conformance.Tls;

/// <summary>A client that lets the server connect to it, with a certificate of its own making.</summary>
internal sealed class TlsListener : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly X509Certificate2 _certificate;

    public TlsListener()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=nobody in particular", key, HashAlgorithmName.SHA256);
        _certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Path = SdpText.Path(((IPEndPoint)_listener.LocalEndPoint!).Port).Replace("msrp:", "msrps:", StringComparison.Ordinal);
    }

    public string Path { get; }

    /// <summary>Of its certificate, by SHA-256.</summary>
    public string Fingerprint => string.Join(':', SHA256.HashData(_certificate.RawData).Select(static octet => octet.ToString("X2", CultureInfo.InvariantCulture)));

    /// <summary>An offer that names a certificate.</summary>
    public string Offer(string fingerprint) =>
        SdpText.Msrp(Path, "passive", "a=fingerprint:" + fingerprint).Replace("TCP/MSRP", "TCP/TLS/MSRP", StringComparison.Ordinal);

    /// <summary>What the first who connects says; "" when the handshake fails, or he goes behind it.</summary>
    public async Task<string> FirstWordsAsync()
    {
        using var patience = new CancellationTokenSource(WireUser.Patience);
        await using var stream = new SslStream(new NetworkStream(await _listener.AcceptAsync(patience.Token), ownsSocket: true));
        try
        {
            await stream.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, patience.Token);
            var buffer = new byte[4096];
            return MsrpText.Text(buffer.AsSpan(0, await stream.ReadAsync(buffer, patience.Token)));
        }
        catch (Exception refused) when (refused is AuthenticationException or IOException)
        {
            return "";
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
    }
}
