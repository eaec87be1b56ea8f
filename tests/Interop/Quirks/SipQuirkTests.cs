using OmaIm.Tests.EndToEnd;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Interop.Quirks;

/// <summary>How clients in the field register and send pager messages.</summary>
public sealed class SipQuirkTests(RunningAppliance appliance) : IClassFixture<RunningAppliance>
{
    private const string Bob = "sip:bob@localhost";

    [Fact]
    [Trait("Section", "RFC 3261 22.4")]
    public async Task AHandsetSendsAnEmptyAuthorizationWithItsFirstRegister()
    {
        await using var bob = await WireUser.ConnectAsync(appliance.Host.SipTcp, "bob");
        var response = await bob.RequestAsync("REGISTER", "sip:localhost", $"Contact: <{bob.ContactUri}>\r\nAuthorization: Digest "
            + "username=\"bob\", realm=\"localhost\", nonce=\"\", uri=\"sip:localhost\", response=\"\"\r\n", to: bob.Address);

        // The challenge was taken in between; the header came along a second time, in front of the right one.
        Assert.Contains(bob.Received, static message => message.Status == 401);
        Assert.Contains(response.Status, new[] { 200, 401 });
        await bob.RegisterAsync();
    }

    [Theory]
    [InlineData("RCS", ";+g.oma.sip-im;+g.3gpp.icsi-ref=\"urn%3Aurn-7%3A3gpp-service.ims.icsi.oma.cpm.session,urn%3Aurn-7%3A3gpp-service.ims.icsi.oma.cpm.msg\"")]
    [InlineData("RCS", ";+g.3gpp.iari-ref=\"urn%3Aurn-7%3A3gpp-application.ims.iari.rcs.fthttp\";+sip.instance=\"<urn:uuid:6f1d0000-0000-0000-0000-00000000000a>\"")]
    [Trait("Section", "RFC 3840 9")]
    public async Task ListsOfFeaturesWithCommasInOneContactParameterStayOneContact(string client, string parameters)
    {
        await using var bob = await WireUser.ConnectAsync(appliance.Host.SipTcp, "bob", contactParameters: parameters);
        var response = await bob.RequestAsync("REGISTER", "sip:localhost", $"Contact: <{bob.ContactUri}>{parameters}\r\nExpires: 600\r\n", to: bob.Address);
        Assert.True(response.Status == 200, client);
        Assert.Contains(response.All("Contact"), contact => contact.Contains(bob.ContactUri, StringComparison.Ordinal));
        await ArrivesAsync(bob, "Content-Type: text/plain\r\n", "to a client with features");
    }

    [Fact]
    [Trait("Section", "RFC 3428 4")]
    public async Task AContactInAMessageDisturbsNobody()
    {
        await using var bob = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "bob");
        await ArrivesAsync(bob, "Contact: <sip:carol@127.0.0.1:5099>;+g.oma.sip-im\r\nContent-Type: text/plain\r\n", "with a Contact");
    }

    [Theory]
    [InlineData("abcdef")]
    [InlineData("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")]
    [InlineData("7c2e@rcs-client.example.com")]
    [Trait("Section", "OMA IM 5.8")]
    public async Task AContributionIdNeedBeNoUuid(string id)
    {
        await using var bob = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "bob");
        var message = await ArrivesAsync(bob, $"Contribution-ID: {id}\r\nConversation-ID: {id}\r\nContent-Type: text/plain\r\n", "contributed");
        Assert.Equal(id, message["Contribution-ID"]);
        Assert.Equal(id, message["Conversation-ID"]);
    }

    [Theory]
    [InlineData("application/im-iscomposing+xml", "<isComposing xmlns=\"urn:ietf:params:xml:ns:im-iscomposing\"><state>active</state></isComposing>")]
    [InlineData("message/imdn+xml", "<imdn xmlns=\"urn:ietf:params:xml:ns:imdn\"><message-id>Msg1</message-id></imdn>")]
    [Trait("Section", "RFC 3994 3")]
    public async Task IsComposingAndReceiptsAreNeverRefusedForTheirType(string type, string body)
    {
        await using var bob = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "bob");
        var message = await ArrivesAsync(bob, $"Content-Type: {type}\r\n", body);
        Assert.Equal(type, message["Content-Type"]);
    }

    [Fact]
    [Trait("Section", "RFC 3261 20.43")]
    public async Task RcsjtaRefusesWithAMalformedWarningWhichDoesNotHideItsStatus()
    {
        await using var bob = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "bob");
        await using var carol = await WireUser.ConnectAsync(appliance.Host.SipTcp, "carol");
        var sending = carol.RequestAsync("MESSAGE", Bob, "Content-Type: text/plain\r\n", "too large");
        await bob.RespondAsync(await bob.IncomingAsync("MESSAGE"), 403, "Forbidden", "Warning: 403 SIP \"133 Size exceeded\"\r\n", tag: "b1");
        Assert.Equal(403, (await sending).Status);
    }

    [Fact]
    [Trait("Section", "RFC 3428 4")]
    public async Task LinphoneKeepsItsConversationsByDomainWhichIsNeverAnAddress()
    {
        await using var bob = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "bob");
        var message = await ArrivesAsync(bob, "Content-Type: text/plain\r\n", "by domain");
        Assert.Equal(("sip:carol@localhost", Bob), (message.Uri("From"), message.Uri("To")));
    }

    [Fact]
    [Trait("Section", "RFC 3261 8.1.3")]
    public async Task OpenSipsLeavesOutTheReasonPhrase()
    {
        await using var bob = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "bob");
        await using var carol = await WireUser.ConnectAsync(appliance.Host.SipTcp, "carol");
        var sending = carol.RequestAsync("MESSAGE", Bob, "Content-Type: text/plain\r\n", "no phrase");
        await bob.RespondAsync(await bob.IncomingAsync("MESSAGE"), 200, "", tag: "b1");
        Assert.Equal(200, (await sending).Status);
    }

    /// <summary>Carol's message reaches bob as she wrote it, and she hears of his 200.</summary>
    private async Task<SipText> ArrivesAsync(WireUser bob, string headers, string body)
    {
        await using var carol = await WireUser.ConnectAsync(appliance.Host.SipTcp, "carol");
        var sending = carol.RequestAsync("MESSAGE", Bob, headers, body);
        var message = await bob.IncomingAsync("MESSAGE");
        Assert.Equal(body, message.Body);
        await bob.RespondAsync(message, 200, "OK", tag: "b1");
        Assert.Equal(200, (await sending).Status);
        return message;
    }
}
