using System.Globalization;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using OmaIm.Client;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Sip;

/// <summary>Our client at a server that is the test's: registering, challenges, and what keeps the way open.</summary>
public sealed class ClientTests
{
    private const string Digest = "Digest realm=\"r\", nonce=\"n1\"";

    [Fact]
    [Trait("Section", "RFC 3261 10.2")]
    [Trait("Section", "RFC 3261 20.7")]
    [Trait("Section", "RFC 3261 20.41")]
    [Trait("Section", "RFC 3261 20.44")]
    public async Task AllRegistrationsShareACallIdAndTheirNumbersGrow()
    {
        await using var server = new FakeServer();
        var (first, second) = await server.RefuseAsync(401, $"WWW-Authenticate: {Digest}, qop=\"auth\"\r\n");
        Assert.Equal(("sip:localhost", "sip:alice@localhost", "sip:alice@localhost"), (first.RequestUri, first.Uri("To"), first.Uri("From")));
        Assert.Equal((first["Call-ID"], Number(first) + 1), (second["Call-ID"], Number(second)));
        Assert.StartsWith("Digest username=\"alice\", realm=\"r\", nonce=\"n1\"", second["Authorization"], StringComparison.Ordinal);
        Assert.NotEqual("", first["User-Agent"]);
    }

    [Fact]
    [Trait("Section", "RFC 3261 10.2.8")]
    [Trait("Section", "RFC 3261 20.23")]
    public async Task ATooShortTimeIsAskedForAgainWithTheMinimum()
    {
        await using var server = new FakeServer();
        var (_, again) = await server.RefuseAsync(423, "Min-Expires: 900\r\n");
        Assert.Equal("900", again["Expires"]);
        Assert.Contains(";expires=900", again["Contact"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SHA-512-256,SHA-256,MD5", "SHA-256")]
    [InlineData("MD5,SHA-256", "MD5")]
    [Trait("Section", "RFC 8760 2.4")]
    public async Task TheTopmostChallengeThatIsKnownIsAnswered(string algorithms, string answered)
    {
        await using var server = new FakeServer();
        var challenges = algorithms.Split(',').Select(static algorithm => $"WWW-Authenticate: {Digest}, qop=\"auth\", algorithm={algorithm}\r\n");
        var (_, again) = await server.RefuseAsync(401, string.Concat(challenges));
        Assert.Contains($"algorithm={answered}", again["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 2069 2.1.2")]
    public async Task AChallengeWithoutQopIsAnsweredAsItWasOnce()
    {
        await using var server = new FakeServer();
        var (_, again) = await server.RefuseAsync(401, $"WWW-Authenticate: {Digest}\r\n");
        var proof = Hash($"{Hash("alice:r:alice-secret")}:n1:{Hash("REGISTER:sip:localhost")}");
        Assert.Contains($"response=\"{proof}\"", again["Authorization"], StringComparison.Ordinal);
        Assert.DoesNotContain("qop", again["Authorization"], StringComparison.Ordinal);
        Assert.DoesNotContain("nc=", again["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 3261 22.3")]
    [Trait("Section", "RFC 3261 20.27")]
    [Trait("Section", "RFC 3261 20.28")]
    public async Task AProxyGetsItsCredentialsBesideThoseOfTheServer()
    {
        await using var server = new FakeServer();
        var registering = server.Client.RegisterAsync();
        var connection = await server.AcceptAsync();
        await connection.RespondAsync(await connection.IncomingAsync("REGISTER"), 407, headers: "Proxy-Authenticate: Digest realm=\"p\", nonce=\"n2\", qop=\"auth\"\r\n", tag: "s1");
        var second = await connection.IncomingAsync("REGISTER");
        Assert.Contains("realm=\"p\", nonce=\"n2\"", second["Proxy-Authorization"], StringComparison.Ordinal);
        Assert.Equal("", second["Authorization"]);
        await FakeServer.GrantAsync(connection, second);
        await registering;
    }

    [Fact]
    [Trait("Section", "RFC 7616 3.5")]
    [Trait("Section", "RFC 3261 20.6")]
    public async Task TheNextNonceIsTheOneThatTheAnswerNames()
    {
        await using var server = new FakeServer();
        var registering = server.Client.RegisterAsync();
        var connection = await server.AcceptAsync();
        await connection.RespondAsync(await connection.IncomingAsync("REGISTER"), 401, headers: $"WWW-Authenticate: {Digest}, qop=\"auth\"\r\n", tag: "s1");
        await FakeServer.GrantAsync(connection, await connection.IncomingAsync("REGISTER"), "Authentication-Info: nextnonce=\"n2\", qop=auth\r\n");
        await registering;
        var leaving = server.Client.UnregisterAsync();
        var last = await connection.IncomingAsync("REGISTER");
        Assert.Contains("nonce=\"n2\"", last["Authorization"], StringComparison.Ordinal);
        Assert.Contains("nc=00000001", last["Authorization"], StringComparison.Ordinal);
        await connection.RespondAsync(last, 200, "OK", tag: "s1");
        await leaving;
    }

    [Theory]
    [InlineData("Service-Route: <sip:home.example.com;lr>\r\n")]
    [InlineData("P-Associated-URI: <sip:alice@example.com>, <tel:+49301234567>\r\n")]
    [InlineData("Service-Route: <<\r\nP-Associated-URI: ,,\r\n")]
    [Trait("Section", "RFC 3608 5")]
    [Trait("Section", "RFC 7315 4.1")]
    public async Task WhatAServerAddsForOthersIsPassedOver(string headers)
    {
        await using var server = new FakeServer();
        var (connection, _) = await server.RegisterAsync(headers);
        var leaving = server.Client.UnregisterAsync();
        var last = await connection.IncomingAsync("REGISTER");
        Assert.Equal(("", "sip:alice@localhost"), (last["Route"], last.Uri("From")));
        await connection.RespondAsync(last, 200, "OK", tag: "s1");
        await leaving;
    }

    [Fact]
    [Trait("Section", "RFC 5626 4.5")]
    public async Task AConnectionThatFailedIsMadeAgainAndRegisteredOver()
    {
        await using var server = new FakeServer();
        var (connection, first) = await server.RegisterAsync();
        await connection.DisposeAsync();
        var next = await server.AcceptAsync();
        var second = await next.IncomingAsync("REGISTER");
        Assert.Equal((first["Call-ID"], Number(first) + 1), (second["Call-ID"], Number(second)));
        await FakeServer.GrantAsync(next, second);
    }

    [Fact]
    [Trait("Section", "RFC 5626 4.4.1")]
    public async Task AConnectionIsKeptAliveByDoubleLineEnds()
    {
        await using var server = new FakeServer(new ImRuntimeOptions { KeepAlive = TimeSpan.FromMilliseconds(50) });
        var registering = server.Client.RegisterAsync();
        using var socket = await server.AcceptSocketAsync();
        using var patience = new CancellationTokenSource(WireUser.Patience);
        var (text, buffer) = ("", new byte[4096]);
        while (!text.EndsWith("\r\n\r\n\r\n\r\n", StringComparison.Ordinal))
        {
            text += Encoding.Latin1.GetString(buffer, 0, await socket.ReceiveAsync(buffer, patience.Token));
            if (SipText.Read(text, out var length) is { Method: "REGISTER" } register && length == text.Length)
            {
                await socket.SendAsync(Encoding.Latin1.GetBytes(register.Answer(200, "OK", $"Contact: {register["Contact"]}\r\n", tag: "s1")), patience.Token);
            }
        }

        await registering;
        socket.Close();
    }

    [Fact]
    [Trait("Section", "RFC 3261 18.1.1")]
    public async Task WhatIsTooLongForADatagramGoesOverTcp()
    {
        await using var server = new FakeServer(transport: SipProtocol.Udp);
        using var datagrams = new UdpClient(server.Address);
        var sending = server.Client.SendAsync("sip:bob@localhost", "short");
        using var patience = new CancellationTokenSource(WireUser.Patience);
        var datagram = await datagrams.ReceiveAsync(patience.Token);
        var message = SipText.Read(Encoding.Latin1.GetString(datagram.Buffer), out _)!;
        Assert.Equal("MESSAGE", message.Method);
        await datagrams.SendAsync(Encoding.Latin1.GetBytes(message.Answer(200, "OK", tag: "s1")), datagram.RemoteEndPoint, patience.Token);
        await sending;
        sending = server.Client.SendAsync("sip:bob@localhost", new string('x', 1300));
        var connection = await server.AcceptAsync();
        message = await connection.IncomingAsync("MESSAGE");
        Assert.StartsWith("SIP/2.0/TCP ", message["Via"], StringComparison.Ordinal);
        await connection.RespondAsync(message, 200, "OK", tag: "s1");
        await sending;
    }

    [Fact]
    [Trait("Section", "RFC 3261 20.2")]
    [Trait("Section", "RFC 3261 21.4.13")]
    public async Task ACodingThatIsNotKnownIsRefusedWithThoseThatAre()
    {
        await using var server = new FakeServer();
        server.Client.MessageReceived += static _ => { };
        var (connection, register) = await server.RegisterAsync();
        var response = await AskAsync(connection, register, "MESSAGE", "Content-Encoding: pack200\r\nContent-Type: text/plain\r\n", "?");
        Assert.Equal(415, response.Status);
        Assert.Equal(["deflate", "gzip"], response["Accept-Encoding"].Split(',').Select(static coding => coding.Trim()).Order());
    }

    [Theory]
    [InlineData("a@b;to-tag=1")]
    [InlineData("a@b;from-tag=1")]
    [InlineData("a@b;to-tag=1;from-tag=2;to-tag=3")]
    [InlineData("a b;to-tag=1;from-tag=2")]
    [Trait("Section", "RFC 3891 6.1")]
    public async Task WhatIsReplacedIsNamedByACallIdAndOneTagOfEach(string replaces)
    {
        await using var server = new FakeServer();
        server.Client.SessionInvited += static invitation => invitation.Decline();
        var (connection, register) = await server.RegisterAsync();
        var response = await AskAsync(
            connection, register, "INVITE", $"Contact: <sip:bob@127.0.0.1>\r\nReplaces: {replaces}\r\nContent-Type: application/sdp\r\n", SdpText.Msrp(SdpText.Path()));
        Assert.Equal(400, response.Status);
    }

    private static async Task<SipText> AskAsync(WireUser server, SipText register, string method, string headers, string body)
    {
        await server.SendAsync(new RequestText(method, server.Local.ToString(), WireUser.NewId())
        {
            Transport = "TCP",
            Uri = register.Uri("Contact"),
            From = "<sip:bob@localhost>;tag=b1",
            To = "<sip:alice@localhost>",
            Headers = headers,
            Body = body,
        }.ToString());
        return await server.NextAsync(static message => message.Status >= 200, "answer");
    }

    private static int Number(SipText request) => int.Parse(request["CSeq"].Split(' ')[0], CultureInfo.InvariantCulture);

    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5351", Justification = "Digest of RFC 2069.")]
    private static string Hash(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
}
