using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OmaIm.Tests.EndToEnd.Capture;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Interop.Capture;

/// <summary>A packet capture as the witness of which way the messages take when they run from client to client.</summary>
public sealed class DirectTests(DirectAppliance appliance) : IClassFixture<DirectAppliance>
{
    [Fact]
    [Trait("Section", "RFC 4975 5.4")]
    public async Task NotAByteOfMsrpReachesTheServer()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        var server = appliance.Host.Msrp.Port;
        await using var tshark = await Tshark.CaptureAsync(appliance.Host.SipUdp.Port, port, server);

        await using var bob = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "bob");
        await using var alice = await WireUser.ConnectAsync(appliance.Host.SipTcp, "alice");
        var (alicesPath, bobsPath) = (SdpText.Path(port), SdpText.Path());
        var inviting = alice.InviteAsync("sip:bob@localhost", SdpText.Msrp(alicesPath, "actpass"));
        var invite = await bob.IncomingAsync("INVITE");
        Assert.Equal(alicesPath, SdpText.Attribute(invite.Body, "path"));
        await bob.AcceptAsync(invite, SdpText.Msrp(bobsPath, "active"));
        var dialog = await inviting;
        Assert.Equal(bobsPath, SdpText.Attribute(dialog.Answer, "path"));

        await using var bobs = await WireMsrp.ConnectAsync(SdpText.Hop(invite.Body));
        await using var alices = await WireMsrp.AcceptAsync(listener);
        (bobs.To, bobs.From) = (alicesPath, bobsPath);
        await bobs.SendLinesAsync("MSRP direct1 SEND\nTo-Path: {to}\nFrom-Path: {from}\nMessage-ID: Msg1\nByte-Range: 1-6/6\nContent-Type: text/plain\n\ndirect\n-------direct1$\n");
        Assert.Equal("direct", (await alices.MessageAsync()).Body);
        await tshark.StopAsync();

        Assert.Empty(await tshark.ReadAsync(string.Create(CultureInfo.InvariantCulture, $"tcp.port == {server}")));
        Assert.NotEmpty(await tshark.ReadAsync(
            string.Create(CultureInfo.InvariantCulture, $"msrp && tcp.srcport == {bobs.Local.Port} && tcp.dstport == {port}"),
            string.Create(CultureInfo.InvariantCulture, $"tcp.port=={port},msrp")));
    }
}
