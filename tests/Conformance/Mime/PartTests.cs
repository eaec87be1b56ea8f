using OmaIm.Tests.Conformance.Rooms;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Mime;

/// <summary>The parts of a body: where they begin and end, and what their headers say (RFC 2045, RFC 2046, RFC 2183, RFC 2822).</summary>
public sealed class PartTests(Lobby lobby) : IClassFixture<Lobby>
{
    private const string Exploder = "sip:exploder@localhost";
    private const string Mixed = "multipart/mixed;boundary=b1";
    private const string TextHeaders = "Content-Type: text/plain\r\n";
    private const string ListHeaders = "Content-Type: application/resource-lists+xml\r\nContent-Disposition: recipient-list\r\n";

    private static readonly string List = RoomMaking.List(RoomMaking.Entry("bob"));

    [Fact]
    [Trait("Section", "RFC 2045 3")]
    public async Task AHeaderIsTheSameInAnyCaseAndOnesThatAreNotKnownDoNotMatter() =>
        await ReachesBobAsync(Body(TextHeaders, "CONTENT-TYPE: application/resource-lists+xml\r\nX-Other: 1\r\ncontent-disposition: recipient-list\r\n"));

    [Theory]
    [InlineData("Multipart/MIXED ; BOUNDARY=b1")]
    [InlineData("multipart/mixed;boundary=\"b1\"")]
    [InlineData("multipart/mixed;charset=\"a;b\";boundary=\"b\\1\"")]
    [Trait("Section", "RFC 2045 5.1")]
    public async Task AParameterIsTheSameInQuotesAndItsNameInAnyCase(string contentType) =>
        await ReachesBobAsync(Body(TextHeaders, ListHeaders), contentType);

    [Fact]
    [Trait("Section", "RFC 2046 5.1")]
    public async Task APartThatNamesNoTypeIsPlainText() =>
        Assert.Equal("text/plain", (await ReachesBobAsync(Body("", ListHeaders)))["Content-Type"].Split(';')[0]);

    [Fact]
    [Trait("Section", "RFC 2046 5.1.1")]
    public async Task BlanksBehindABoundaryAndTextAroundThePartsAreNothing() => await ReachesBobAsync(
        "for readers of old\r\n" + Body(TextHeaders, ListHeaders).Replace("--b1\r\n", "--b1 \t\r\n", StringComparison.Ordinal) + "and behind it\r\n--b1\r\n");

    [Fact]
    [Trait("Section", "RFC 2046 5.1.1")]
    public async Task ALineThatOnlyBeginsAsTheBoundaryIsContent()
    {
        const string Text = "first\r\n--b1x\r\nlast --b1\r\n";
        Assert.Equal(Text, (await ReachesBobAsync(Body(TextHeaders, ListHeaders, Text))).Body);
    }

    [Fact]
    [Trait("Section", "RFC 2822 2.2.3")]
    public async Task AFoldedHeaderIsOne() =>
        await ReachesBobAsync(Body(TextHeaders, "Content-Type:\r\n application/resource-lists+xml\r\nContent-Disposition:\r\n\trecipient-list;\r\n handling=required\r\n"));

    [Theory]
    [InlineData("Recipient-List")]
    [InlineData("recipient-list; handling=\"optional\"; x=y")]
    [Trait("Section", "RFC 2183 2")]
    public async Task ADispositionIsKnownInAnyCaseWhateverItsParameters(string disposition) =>
        await ReachesBobAsync(Body(TextHeaders, ListHeaders.Replace("recipient-list", disposition, StringComparison.Ordinal)));

    [Fact]
    [Trait("Section", "RFC 2183 2")]
    public async Task AListThatIsAnAttachmentSaysNotWhoGetsIt()
    {
        await using var alice = await lobby.ConnectAsync("alice");
        var body = Body(TextHeaders, ListHeaders.Replace("recipient-list", "attachment", StringComparison.Ordinal));
        Assert.Equal(400, (await SendAsync(alice, Mixed, body)).Status);
    }

    [Fact]
    [Trait("Section", "RFC 2392 2")]
    public async Task AReferenceFindsThePartWhoseIdItNamesEscaped()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice");
        var response = await RoomMaking.ReferAsync(
            alice,
            "<cid:one%2Fmore%25@alice>",
            "Require: multiple-refer\r\nRefer-Sub: false\r\nContent-Type: multipart/mixed;boundary=b1\r\n",
            Body("Content-Type: text/plain\r\nContent-ID: <other@alice>\r\n", ListHeaders + "Content-ID: <one/more%@alice>\r\n"));
        Assert.Equal(202, response.Status);
        await bob.RespondAsync(await bob.IncomingAsync("INVITE"), 603, "Decline", tag: "b1");
    }

    [Fact]
    [Trait("Section", "RFC 5621 3")]
    public async Task WhatStandsBesideADescriptionGoesOnWithIt()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var offer = SdpText.Msrp(SdpText.Path());
        var inviting = alice.InviteAsync(
            bob.Address, $"--b1\r\nContent-Type: text/plain\r\nContent-Disposition: render;handling=optional\r\n\r\nfirst words\r\n--b1\r\nContent-Type: application/sdp\r\n\r\n{offer}\r\n--b1--\r\n",
            contentType: Mixed);
        var invite = await bob.IncomingAsync("INVITE");
        Assert.StartsWith("multipart/mixed", invite["Content-Type"], StringComparison.Ordinal);
        Assert.Contains("Content-Disposition: render;handling=optional\r\n\r\nfirst words\r\n--", invite.Body, StringComparison.Ordinal);
        Assert.NotEqual(SdpText.Attribute(offer, "path"), SdpText.Attribute(invite.Body, "path"));
        await bob.RespondAsync(invite, 603, "Decline", tag: "b1");
        Assert.Equal(603, (await inviting).Response.Status);
    }

    private static string Body(string textHeaders, string listHeaders, string text = "to bob") =>
        $"--b1\r\n{textHeaders}\r\n{text}\r\n--b1\r\n{listHeaders}\r\n{List}\r\n--b1--\r\n";

    private static Task<SipText> SendAsync(WireUser alice, string contentType, string body) =>
        alice.RequestAsync("MESSAGE", Exploder, $"Require: recipient-list-message\r\nContent-Type: {contentType}\r\n", body);

    /// <summary>Sends a message with a list of bob alone; what he gets.</summary>
    private async Task<SipText> ReachesBobAsync(string body, string contentType = Mixed)
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = SendAsync(alice, contentType, body);
        if (await Task.WhenAny(sending, bob.IncomingAsync("MESSAGE")) == sending)
        {
            Assert.Fail("Refused: " + await sending);
        }

        var message = bob.Received.Single(static received => received.Method == "MESSAGE");
        await bob.RespondAsync(message, 200, "OK", tag: "b1");
        Assert.Equal(202, (await sending).Status);
        return message;
    }
}
