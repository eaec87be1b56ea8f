using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Modes;

/// <summary>Pager messages, to one user and to a list, when all is not well.</summary>
public sealed class PagerModeTests(ModesAppliance appliance) : IClassFixture<ModesAppliance>
{
    private const string Text = "Content-Type: text/plain\r\n";

    [Fact]
    public async Task WhoTakesAMessageAndSaysNothingHasNotGotIt()
    {
        await using var bob = await RegisterAsync("bob");
        await using var alice = await WireUser.ConnectAsync(appliance.Host.SipTcp, "alice");
        var sending = alice.RequestAsync("MESSAGE", bob.Address, Text, "are you awake?");
        await bob.IncomingAsync("MESSAGE");
        Assert.Equal(480, (await sending).Status);
    }

    [Fact]
    public async Task AllDevicesOfARecipientGetWhatIsForAList()
    {
        await using var phone = await RegisterAsync("bob");
        await using var laptop = await RegisterAsync("bob");
        await using var carol = await RegisterAsync("carol");
        var sending = SendAsync("to both of you", "bob", "carol");
        foreach (var device in new[] { phone, laptop, carol })
        {
            var message = await device.IncomingAsync("MESSAGE");
            Assert.Equal(("to both of you", device.ContactUri), (message.Body, message.RequestUri));
            await device.RespondAsync(message, 200, "OK", tag: "d1");
        }

        var response = await sending;
        Assert.Equal((202, ""), (response.Status, response["Warning"]));
    }

    [Fact]
    public async Task WhenAllOfAListRefuseTheSenderHearsThat()
    {
        await using var bob = await RegisterAsync("bob");
        await using var carol = await RegisterAsync("carol");
        var sending = SendAsync("to nobody", "bob", "carol");
        foreach (var recipient in new[] { bob, carol })
        {
            await recipient.RespondAsync(await recipient.IncomingAsync("MESSAGE"), 603, "Decline", tag: "d1");
        }

        var response = await sending;
        Assert.Equal(603, response.Status);
        Assert.Contains("sip:bob@localhost 603", response["Warning"], StringComparison.Ordinal);
        Assert.Contains("sip:carol@localhost 603", response["Warning"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsTooLargeForOneIsTooLargeForAList()
    {
        await using var bob = await RegisterAsync("bob");
        var response = await SendAsync(new string('x', 9_000), "bob");
        Assert.Equal(413, response.Status);
        Assert.Contains("133 Size exceeded", response["Warning"], StringComparison.Ordinal);
        WireUser.Expect(await bob.RequestAsync("OPTIONS", "sip:localhost"), 200);
        Assert.DoesNotContain(bob.Received, static message => message.Method == "MESSAGE");
    }

    [Fact]
    public async Task OneOfAListWhoSaysNothingIsNamed()
    {
        await using var bob = await RegisterAsync("bob");
        await using var carol = await RegisterAsync("carol");
        var sending = SendAsync("to both of you", "bob", "carol");
        await bob.RespondAsync(await bob.IncomingAsync("MESSAGE"), 200, "OK", tag: "d1");
        await carol.IncomingAsync("MESSAGE");
        var response = await sending;
        Assert.Equal((202, "399 localhost \"Not delivered to sip:carol@localhost 480\""), (response.Status, response["Warning"]));
    }

    private Task<WireUser> RegisterAsync(string user) => WireUser.RegisteredAsync(appliance.Host.SipTcp, user);

    private async Task<SipText> SendAsync(string text, params string[] users)
    {
        await using var alice = await WireUser.ConnectAsync(appliance.Host.SipTcp, "alice");
        return await alice.RequestAsync(
            "MESSAGE", "sip:exploder@localhost", "Require: recipient-list-message\r\nContent-Type: multipart/mixed;boundary=b\r\n",
            $"--b\r\n{Text}\r\n{text}\r\n--b\r\nContent-Type: application/resource-lists+xml\r\nContent-Disposition: recipient-list\r\n\r\n"
            + "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list>"
            + string.Concat(users.Select(static user => $"<entry uri=\"sip:{user}@localhost\"/>")) + "</list></resource-lists>\r\n--b--\r\n");
    }
}
