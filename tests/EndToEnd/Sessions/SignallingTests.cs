using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Sessions;

/// <summary>Who is called, who answers, and what the caller hears, over live SIP.</summary>
public sealed class SignallingTests(RunningAppliance appliance) : IClassFixture<RunningAppliance>
{
    [Fact]
    public async Task Contract18_AllDevicesRingAndTheLosersAreCancelled()
    {
        await using var alice = await WireUser.ConnectAsync(appliance.Host.SipTcp, "alice");
        await using var phone = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "carol");
        await using var laptop = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "carol");
        var inviting = alice.InviteAsync("sip:carol@localhost", SdpText.Msrp(SdpText.Path()));
        var ringing = await phone.IncomingAsync("INVITE");
        await phone.RespondAsync(ringing, 180, "Ringing", tag: "p");
        await alice.NextAsync(message => message.Status == 180, "180");
        await laptop.AcceptAsync(await laptop.IncomingAsync("INVITE"), SdpText.Msrp(SdpText.Path()));
        WireUser.Expect((await inviting).Response, 200);
        await phone.RespondAsync(await phone.IncomingAsync("CANCEL"), 200, "OK", tag: "p");
        await phone.RespondAsync(ringing, 487, "Request Terminated", tag: "p");
        await (await inviting).ByeAsync();
        await laptop.RespondAsync(await laptop.IncomingAsync("BYE"), 200);
    }

    [Fact]
    public async Task Contract18_TheRefusalOfTheCalleeAndHisAbsenceAreTold()
    {
        await using var alice = await WireUser.ConnectAsync(appliance.Host.SipTcp, "alice");
        WireUser.Expect((await alice.InviteAsync("sip:dave@localhost", SdpText.Msrp(SdpText.Path()))).Response, 480);
        await using var dave = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "dave");
        var inviting = alice.InviteAsync("sip:dave@localhost", SdpText.Msrp(SdpText.Path()));
        await dave.RespondAsync(await dave.IncomingAsync("INVITE"), 603, "Decline", tag: "d");
        WireUser.Expect((await inviting).Response, 603);
    }

    // Contract, point 8: the INVITE comes back to the server as a stranger's, and ends there.
    [Fact]
    public async Task Contract08_AContactThatPointsBackAtTheServerNeverLoops()
    {
        await using var alice = await WireUser.ConnectAsync(appliance.Host.SipTcp, "alice");
        await using var bob = await WireUser.ConnectAsync(appliance.Host.SipTcp, "bob");
        WireUser.Expect(await bob.RequestAsync(
            "REGISTER", "sip:localhost", $"Contact: <sip:bob@{appliance.Host.SipUdp}>;expires=600\r\nContact: <sip:bob@localhost>;expires=600\r\n", to: bob.Address), 200);
        var inviting = alice.InviteAsync("sip:bob@localhost", SdpText.Msrp(SdpText.Path()));
        for (var i = 0; i < 2; i++)
        {
            await bob.RespondAsync(await bob.IncomingAsync("INVITE"), 480, tag: "b");
        }

        WireUser.Expect((await inviting).Response, 480);
    }
}
