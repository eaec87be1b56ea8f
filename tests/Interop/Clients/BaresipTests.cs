using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Interop.Clients;

/// <summary>baresip registers at an appliance that offers MD5 alone and exchanges pager messages.</summary>
public sealed class BaresipTests(Md5Appliance appliance) : IClassFixture<Md5Appliance>
{
    [Fact]
    [Trait("Section", "RFC 3428 4")]
    public async Task BaresipSendsAndReceivesMessages()
    {
        await using var alice = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "alice");
        await using var baresip = await BaresipClient.RegisterAsync(appliance.Host.SipTcp, "bob", "sip:alice@localhost");

        var sending = alice.RequestAsync("MESSAGE", "sip:bob@localhost", "Content-Type: text/plain\r\n", "to baresip and back");
        await baresip.ReceivesAsync("to baresip and back");
        Assert.Equal(200, (await sending).Status);

        await baresip.SendAsync("from baresip");
        var message = await alice.IncomingAsync("MESSAGE");
        await alice.RespondAsync(message, 200, "OK", tag: "a1");
        Assert.Equal(("from baresip", "sip:bob@localhost"), (message.Body, message.Uri("From")));
    }
}
