using System.Globalization;
using System.Net.Sockets;
using System.Text;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Sip;

/// <summary>Where answers go, what keeps a connection alive, and what comes twice (RFC 3581, RFC 5626, RFC 3261 section 17).</summary>
public sealed class TransportTests(Lobby lobby) : IClassFixture<Lobby>
{
    [Fact]
    [Trait("Section", "RFC 3581 4")]
    public async Task AnAnswerGoesWhereTheRequestCameFromAndSaysSo()
    {
        using var user = new DatagramUser(lobby.Appliance.Host.SipUdp);
        await user.SendAsync(Options("192.0.2.1:5999", ";rport", "rport1"));
        var answer = await user.NextAsync();
        Assert.True(answer.IsResponse);
        Assert.Contains($";rport={user.Local.Port.ToString(CultureInfo.InvariantCulture)}", answer["Via"], StringComparison.Ordinal);
        Assert.Contains(";received=127.0.0.1", answer["Via"], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 3261 18.2.1")]
    public async Task WithoutRportTheAnswerGoesToThePortOfTheVia()
    {
        using var user = new DatagramUser(lobby.Appliance.Host.SipUdp);
        using var other = new DatagramUser(lobby.Appliance.Host.SipUdp);
        await user.SendAsync(Options($"192.0.2.1:{other.Local.Port}", "", "plain2"));
        var answer = await other.NextAsync();
        Assert.Contains(";received=127.0.0.1", answer["Via"], StringComparison.Ordinal);
        Assert.DoesNotContain("rport", answer["Via"], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 3261 17.2.2")]
    public async Task ARequestThatComesAgainIsAnsweredAgainAsItWas()
    {
        using var user = new DatagramUser(lobby.Appliance.Host.SipUdp);
        var request = Options(user.Local.ToString(), ";rport", "twice1");
        await user.SendAsync(request);
        var first = await user.NextAsync();
        await user.SendAsync(request);
        Assert.Equal(first.ToString(), (await user.NextAsync()).ToString());
    }

    [Fact]
    [Trait("Section", "RFC 5626 3.5.1")]
    public async Task ADoubleLineEndIsAnsweredByASingleOne()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(lobby.Appliance.Host.SipTcp);
        await socket.SendAsync(Encoding.ASCII.GetBytes("\r\n\r\n"));
        var buffer = new byte[16];
        using var patience = new CancellationTokenSource(WireUser.Patience);
        var length = 0;
        while (length < 2)
        {
            length += await socket.ReceiveAsync(buffer.AsMemory(length), patience.Token);
        }

        Assert.Equal("\r\n", Encoding.ASCII.GetString(buffer, 0, length));
    }

    [Fact]
    [Trait("Section", "RFC 3261 18.2.2")]
    public async Task OverAConnectionTheAnswerGoesBackOnItWhateverTheViaSays()
    {
        await using var user = await lobby.ConnectAsync("alice");
        await user.SendAsync(new RequestText("OPTIONS", "192.0.2.1:5999", WireUser.NewId()) { Transport = "TCP" }.ToString());
        var answer = await user.NextAsync(static message => message.IsResponse, "answer");
        Assert.Contains("192.0.2.1:5999", answer["Via"], StringComparison.Ordinal);
        Assert.Contains(";received=127.0.0.1", answer["Via"], StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 3261 18.3")]
    [Trait("Section", "RFC 3261 20.14")]
    public async Task InAStreamALengthEndsEachMessage()
    {
        await using var user = await lobby.ConnectAsync("alice");
        var first = new RequestText("OPTIONS", user.Local.ToString(), WireUser.NewId()) { Transport = "TCP", Headers = "Content-Type: text/plain\r\n", Body = "OPTIONS sip:localhost SIP/2.0\r\n\r\n" };
        var second = first with { Method = "REGISTER", CSeq = "2 REGISTER", Branch = "z9hG4bKsecond", Headers = "", Body = "" };
        await user.SendAsync($"{first}{second}");
        Assert.Equal("1 OPTIONS", (await user.NextAsync(static message => message.IsResponse, "first answer"))["CSeq"]);
        Assert.Equal("2 REGISTER", (await user.NextAsync(static message => message.IsResponse, "second answer"))["CSeq"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Content-Length: -1\r\n")]
    [InlineData("Content-Length: 0\r\nContent-Length: 0\r\n")]
    [Trait("Section", "RFC 3261 18.3")]
    [Trait("Section", "RFC 3261 20.14")]
    public async Task AStreamWithoutAUsableLengthCannotGoOn(string header)
    {
        await using var user = await lobby.ConnectAsync("alice");
        var request = new RequestText("OPTIONS", user.Local.ToString(), WireUser.NewId()) { Transport = "TCP" }.ToString();
        await user.SendAsync(request.Replace("Content-Length: 0\r\n", header, StringComparison.Ordinal));
        Assert.Equal(400, (await user.NextAsync(static message => message.IsResponse, "answer")).Status);
        await user.EndAsync();
    }

    [Theory]
    [InlineData("", 401)] // ends with the datagram
    [InlineData("Content-Length: 4\r\n", 401)] // what stands behind is cut off
    [InlineData("Content-Length: 40\r\n", 400)]
    [Trait("Section", "RFC 3261 18.3")]
    public async Task ADatagramIsOneMessage(string header, int status)
    {
        using var user = new DatagramUser(lobby.Appliance.Host.SipUdp);
        var request = new RequestText("OPTIONS", user.Local.ToString(), WireUser.NewId()) { Headers = "Content-Type: text/plain\r\n", Body = "some text" }.ToString();
        await user.SendAsync(request.Replace("Content-Length: 9\r\n", header, StringComparison.Ordinal));
        Assert.Equal(status, (await user.NextAsync()).Status);
    }

    private static string Options(string sentBy, string parameters, string id) =>
        $"OPTIONS sip:localhost SIP/2.0\r\nVia: SIP/2.0/UDP {sentBy};branch=z9hG4bK{id}{parameters}\r\nMax-Forwards: 70\r\nFrom: <sip:alice@localhost>;tag=a1\r\n"
        + $"To: <sip:localhost>\r\nCall-ID: {id}@test\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
}
