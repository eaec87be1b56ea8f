using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Files;

/// <summary>What the server does with the description of a file that passes through it (RFC 5547).</summary>
public sealed class DescriptionTests(Lobby lobby) : IClassFixture<Lobby>
{
    [Fact]
    [Trait("Section", "RFC 5547 6")]
    public async Task WhatIsSaidOfAFilePassesBothWays()
    {
        string[] more = ["a=file-disposition:render", "a=file-date:creation:\"Mon, 15 May 2006 15:01:31 +0300\"", "a=file-icon:cid:id2@alice", "a=file-range:1-36", "i=A picture"];
        var offered = FileText.Sdp(SdpText.Path(), "sendonly", "both1", more[..4]).Replace("a=accept-types", "i=A picture\r\na=accept-types", StringComparison.Ordinal);
        var answered = FileText.Sdp(SdpText.Path(), "recvonly", "both1", "a=file-range:7-36");
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var inviting = alice.InviteAsync("sip:bob@localhost", offered);
        var invite = await bob.IncomingAsync("INVITE");
        await bob.AcceptAsync(invite, answered);
        var dialog = await inviting;
        foreach (var line in (string[])["a=file-selector:" + FileText.Selector, "a=file-transfer-id:both1", "a=sendonly", .. more])
        {
            Assert.Contains(line + "\r\n", invite.Body, StringComparison.Ordinal);
        }

        foreach (var line in (string[])["a=file-selector:" + FileText.Selector, "a=file-transfer-id:both1", "a=recvonly", "a=file-range:7-36"])
        {
            Assert.Contains(line + "\r\n", dialog.Answer, StringComparison.Ordinal);
        }

        var ending = dialog.ByeAsync();
        await bob.RespondAsync(await bob.IncomingAsync("BYE"), 200, "OK");
        await ending;
    }

    [Fact]
    [Trait("Section", "RFC 5547 8.2.1")]
    public async Task APreviewBesideTheOfferPasses()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var offer = FileText.Sdp(SdpText.Path(), "sendonly", "icon1", "a=file-icon:cid:id2@alice");
        var inviting = alice.InviteAsync(
            "sip:bob@localhost",
            $"--b1\r\nContent-Type: application/sdp\r\n\r\n{offer}\r\n--b1\r\nContent-Type: image/jpeg\r\nContent-ID: <id2@alice>\r\nContent-Disposition: icon\r\n\r\njpeg\r\n--b1--\r\n",
            contentType: "multipart/related;type=\"application/sdp\";boundary=b1");
        var invite = await bob.IncomingAsync("INVITE");
        Assert.StartsWith("multipart/related", invite["Content-Type"], StringComparison.Ordinal);
        Assert.Contains("Content-ID: <id2@alice>\r\n", invite.Body, StringComparison.Ordinal);
        Assert.Contains("\r\n\r\njpeg\r\n--", invite.Body, StringComparison.Ordinal);
        await bob.RespondAsync(invite, 603, "Decline", tag: "b1");
        Assert.Equal(603, (await inviting).Response.Status);
    }
}
