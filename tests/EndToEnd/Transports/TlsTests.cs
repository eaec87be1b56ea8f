using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using OmaIm.Client;
using OmaIm.Tests.EndToEnd.Hostile;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Transports;

public sealed class TlsTests(TlsAppliance appliance) : IClassFixture<TlsAppliance>
{
    private const string Secured = "msrps://";

    [Fact]
    public async Task PlainAndSecuredMembersTalkInOneRoom()
    {
        await using var alice = await appliance.JoinLobbyAsync("alice");
        await using var bob = await PlainClient("bob").JoinAsync(RunningAppliance.Lobby);
        Assert.StartsWith(Secured, alice.Msrp!.RemotePath, StringComparison.Ordinal);
        Assert.StartsWith(Secured, alice.Msrp.LocalPath, StringComparison.Ordinal);
        Assert.StartsWith("msrp://", bob.Msrp!.RemotePath, StringComparison.Ordinal);

        await alice.SendAsync("from within");
        Assert.Equal("from within", (await bob.NextMessageAsync()).Text);
        var content = RandomNumberGenerator.GetBytes(200 * 1024);
        await bob.SendAsync("application/octet-stream", content);
        var received = await alice.NextMessageAsync();
        Assert.True(content.AsSpan().SequenceEqual(received.Content.Span));
    }

    [Fact]
    public async Task ACertificateOfSomebodyElseIsRefusedByTheClient()
    {
        using var other = new TestCertificate();
        var failure = await Assert.ThrowsAsync<ImException>(() => appliance.Client("carol", other.Trust).JoinAsync(RunningAppliance.Lobby));
        Assert.Equal(ImFailure.Unreachable, failure.Failure);
    }

    [Fact]
    public async Task ACertificateForAnotherHostIsRefusedByTheClient()
    {
        using var elsewhere = new TestCertificate(IPAddress.Parse("192.0.2.1"));
        await using var server = new Elsewhere(elsewhere);
        await server.InitializeAsync();
        var failure = await Assert.ThrowsAsync<ImException>(() => server.JoinLobbyAsync("alice"));
        Assert.Equal(ImFailure.Unreachable, failure.Failure);
    }

    [Fact]
    public async Task WithoutACertificateAnOfferOfTlsIsNotAcceptable()
    {
        await using var plain = new Elsewhere(null);
        await plain.InitializeAsync();
        using var certificate = new TestCertificate();
        var failure = await Assert.ThrowsAsync<ImException>(() => plain.Client("alice", certificate.Trust).JoinAsync(RunningAppliance.Lobby));
        Assert.Equal(488, failure.StatusCode);
    }

    [Fact]
    public async Task PlainBytesWhereTlsIsSpokenEndTheirConnectionAndNothingElse()
    {
        await using var alice = await appliance.JoinLobbyAsync("alice");
        await using var bob = await appliance.JoinLobbyAsync("bob");
        using (var plain = await RawSocket.ConnectAsync(appliance.Host.MsrpTls!))
        {
            await plain.SendAsync(MsrpText.Request("SEND", "probe", alice.Msrp!.RemotePath, alice.Msrp.LocalPath, "Message-ID: mess"));
            await plain.ReadToEndAsync();
            Assert.DoesNotContain("MSRP", plain.Received, StringComparison.Ordinal);
        }

        await alice.SendAsync("undisturbed");
        Assert.Equal("undisturbed", (await bob.NextMessageAsync()).Text);
    }

    [Theory]
    [InlineData(false, "msrps://")]
    [InlineData(true, "msrp://")]
    public async Task ASessionIsReachedByTheSchemeThatItWasGivenAlone(bool isSecured, string otherScheme)
    {
        var options = new JoinOptions { ConnectMedia = false, SubscribeRoster = false, AutoRejoin = false };
        var client = isSecured ? appliance.Client("dave") : PlainClient("dave");
        await using var dave = await client.JoinAsync(RunningAppliance.Lobby, options);
        var (own, rest) = (dave.Msrp!.RemotePath, dave.Msrp.RemotePath[dave.Msrp.RemotePath.IndexOf(':', StringComparison.Ordinal)..]);
        foreach (var to in new[] { own, otherScheme[..otherScheme.IndexOf(':', StringComparison.Ordinal)] + rest })
        {
            // By the wrong door: over TLS to a plain session and the other way about, under either name.
            using var socket = isSecured
                ? await RawSocket.ConnectAsync(appliance.Host.Msrp)
                : await RawSocket.ConnectAsync(appliance.Host.MsrpTls!, tls: appliance.MsrpTls);
            await socket.SendAsync(MsrpText.Request("SEND", "probe", to, dave.Msrp.LocalPath, "Message-ID: mess"));
            Assert.True(await socket.ReadToAsync("-------probe$"), socket.Received);
            Assert.Contains("MSRP probe 481 ", socket.Received, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Section", "RFC 5246 7.2.1")]
    public async Task AnEndIsToldFromACut()
    {
        const byte Alert = 21;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(appliance.Host.MsrpTls!);
        await using var wire = new RecordedStream(new NetworkStream(socket));
        await using var secured = new SslStream(wire);
        var options = appliance.MsrpTls!.Expect(appliance.Host.MsrpTls!.Address.ToString());
        options.EnabledSslProtocols = SslProtocols.Tls12; // of whose records the kind can be seen from outside
        await secured.AuthenticateAsClientAsync(options);
        await secured.WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray());
        await secured.CopyToAsync(Stream.Null);
        Assert.Equal(Alert, wire.LastRecord);
    }

    [Fact]
    public async Task WhatWasAgreedOnIsCounted()
    {
        await using var alice = await appliance.JoinLobbyAsync("alice");
        using var http = new HttpClient();
        var page = await http.GetStringAsync(new Uri($"http://{appliance.Host.Http}/metrics"));
        Assert.Matches("omaim_tls_handshakes_total\\{[^}]*TLS_[A-Z0-9_]+", page);
    }

    private ImClient PlainClient(string user) => new(new ImClientOptions { User = user, Password = user + "-secret", Server = appliance.Server });

    /// <summary>An appliance with any certificate, or without.</summary>
    private sealed class Elsewhere(TestCertificate? certificate) : RunningAppliance, IAsyncDisposable
    {
        public override OmaIm.Client.MsrpTlsOptions? MsrpTls => certificate?.Trust;

        protected override OmaIm.Appliance.Configuration.TlsSettings Tls => certificate?.Settings ?? new();

        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }
}
