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

    private static string Options(string sentBy, string parameters, string id) =>
        $"OPTIONS sip:localhost SIP/2.0\r\nVia: SIP/2.0/UDP {sentBy};branch=z9hG4bK{id}{parameters}\r\nMax-Forwards: 70\r\nFrom: <sip:alice@localhost>;tag=a1\r\n"
        + $"To: <sip:localhost>\r\nCall-ID: {id}@test\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n";
}
