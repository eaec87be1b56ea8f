using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using OmaIm.Protocols.Sdp;
using OmaIm.Stack.Transport;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Transport;

/// <summary>A client that listens over TLS, with a certificate of its own making.</summary>
[Trait("Section", "RFC 8122 6.2")]
public sealed class TlsPeerTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate = Create();

    public TlsPeerTests() => _listener.Start();

    public void Dispose()
    {
        _listener.Dispose();
        _certificate.Dispose();
    }

    [Fact]
    public async Task WhoShowsTheCertificateOfHisDescriptionIsBelieved()
    {
        var (accepted, connecting) = (ServeAsync(), ConnectAsync(_certificate));
        await (await connecting).DisposeAsync();
        await accepted;
    }

    [Fact]
    public async Task WhoShowsAnotherIsNot()
    {
        using var other = Create();
        var (accepted, connecting) = (ServeAsync(), ConnectAsync(other));
        await Assert.ThrowsAsync<AuthenticationException>(() => connecting);
        await Task.WhenAny(accepted); // how it hears of it is a matter of the version of TLS
    }

    private static X509Certificate2 Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=a client", key, HashAlgorithmName.SHA256);
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    private async Task ServeAsync()
    {
        using var socket = await _listener.AcceptSocketAsync();
        await using var stream = new SslStream(new NetworkStream(socket));
        await stream.AuthenticateAsServerAsync(_certificate);
        Assert.Equal(0, await stream.ReadAsync(new byte[1]));
    }

    private async Task<TlsClientConnection> ConnectAsync(X509Certificate2 expected)
    {
        var text = "sha-256 " + string.Join(':', SHA256.HashData(expected.RawData).Select(static value => Convert.ToHexString([value])));
        Assert.True(CertificateFingerprint.TryParse(text, out var fingerprint));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_listener.LocalEndpoint);
        return await TlsClientConnection.OpenAsync(socket, TlsPeer.Expect(fingerprint), CancellationToken.None);
    }
}
