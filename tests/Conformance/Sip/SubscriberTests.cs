using System.Net;
using System.Net.Sockets;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Sip;

/// <summary>Our client as a subscriber of a room that is the test's (RFC 6665 section 4.1).</summary>
public sealed class SubscriberTests
{
    [Theory]
    [InlineData("terminated;reason=deactivated")]
    [InlineData("terminated;reason=timeout")]
    [InlineData("terminated")]
    [Trait("Section", "RFC 6665 4.1.3")]
    public async Task ASubscriptionThatMayBeMadeAgainIs(string state)
    {
        await using var server = new FakeServer();
        var joining = server.Client.JoinAsync(Lobby.Room);
        var connection = await server.AcceptAsync();
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var sdp = SdpText.Msrp(SdpText.Path(((IPEndPoint)listener.LocalEndPoint!).Port), "passive");
        await connection.RespondAsync(
            await connection.IncomingAsync("INVITE"), 200, "OK", $"Contact: <sip:lobby@{connection.Local}>;isfocus\r\nContent-Type: application/sdp\r\n", sdp, "r1");
        await using var msrp = await WireMsrp.AcceptAsync(listener);
        await msrp.RespondAsync(await msrp.RequestAsync("SEND"));
        var first = await connection.IncomingAsync("SUBSCRIBE");
        await connection.RespondAsync(first, 200, "OK", $"Contact: <sip:lobby@{connection.Local}>\r\nExpires: 3600\r\n", tag: "r2");
        await connection.SendAsync(Notify(connection, first, state));
        await connection.NextAsync(static message => message.Status == 200 && message["CSeq"] == "1 NOTIFY", "answer to NOTIFY");
        var second = await connection.IncomingAsync("SUBSCRIBE");
        Assert.NotEqual(first["Call-ID"], second["Call-ID"]);
        Assert.Equal(first["Event"], second["Event"]);
        await joining;
    }

    private static string Notify(WireUser room, SipText subscribe, string state) => new RequestText("NOTIFY", room.Local.ToString(), WireUser.NewId())
    {
        Transport = "TCP",
        Uri = subscribe.Uri("Contact"),
        From = subscribe["To"] + ";tag=r2",
        To = subscribe["From"],
        CallId = subscribe["Call-ID"],
        CSeq = "1 NOTIFY",
        Headers = $"Contact: <sip:lobby@{room.Local}>\r\nEvent: conference\r\nSubscription-State: {state}\r\n",
    }.ToString();
}
