using System.Net;
using System.Net.Sockets;
using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Sessions;

/// <summary>Messages from client to client, the server in the signalling only.</summary>
public sealed class DirectTests(DirectAppliance appliance) : IClassFixture<DirectAppliance>
{
    [Fact]
    public async Task TheClientsReachEachOther()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var (alicesPath, bobsPath) = (SdpText.Path(((IPEndPoint)listener.LocalEndPoint!).Port), SdpText.Path());
        await using var alice = await WireUser.ConnectAsync(appliance.Host.SipTcp, "alice");
        await using var bob = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "bob");
        var offer = SdpText.Msrp(alicesPath, "passive");
        var inviting = alice.InviteAsync(bob.Address, offer);
        var invite = await bob.IncomingAsync("INVITE");
        Assert.Equal(offer, invite.Body);
        await bob.AcceptAsync(invite, SdpText.Msrp(bobsPath));
        var dialog = await inviting;
        Assert.Equal(SdpText.Msrp(bobsPath), dialog.Answer);

        await using var msrp = await WireMsrp.ConnectAsync(SdpText.Hop(invite.Body));
        await using var accepted = await WireMsrp.AcceptAsync(listener);
        await msrp.SendAsync(MsrpText.Send("b001", alicesPath, bobsPath, "mb001", "hello", "1-5/5", contentType: "text/plain"));
        Assert.Equal("hello", (await accepted.MessageAsync()).Body);
        await dialog.ByeAsync();
        await bob.RespondAsync(await bob.IncomingAsync("BYE"), 200);
    }

    // Who names another address than his packets come from sits behind a NAT, and needs the server.
    [Fact]
    public async Task WhoCannotBeReachedIsAnchored()
    {
        await using var session = await Conversation.BeginAsync(appliance, host: "192.0.2.9");
        await session.Alice.SayAsync("a001", "hello");
        Assert.Equal("hello", await session.Bob.HearAsync("ma001", 5));
    }
}
