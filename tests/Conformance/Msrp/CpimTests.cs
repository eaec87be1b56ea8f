using OmaIm.Client;
using OmaIm.Tests.EndToEnd.Im;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Msrp;

/// <summary>message/cpim as the server reads it, and leaves it (RFC 3862).</summary>
public sealed class CpimTests(Lobby lobby) : IClassFixture<Lobby>
{
    private const string Head = "From: <sip:bob@localhost>\r\nTo: <" + Lobby.Room + ">\r\nDateTime: 2026-01-31T10:00:00Z\r\n";

    [Fact]
    [Trait("Section", "RFC 3862 2")]
    public async Task HeadersAndContentArriveByteForByte()
    {
        const string Message = Head + "Subject:;lang=de Gr\u00c3\u00bc\u00c3\u009fe\r\ncc: <sip:dave@localhost>\r\nX-Unknown: kept\r\n\r\n"
            + "Content-type: text/html;charset=\"utf8\"\r\nContent-ID: <1@bob>\r\n\r\n<p>\r\n\r\n unchanged </p>\r\n";
        await using var bob = await lobby.JoinAsync("bob");
        await using var alice = await lobby.JoinAsync("alice");
        await bob.SayAsync("whole1", Message);
        Assert.Equal(Message, (await alice.Msrp.MessageAsync()).Body);
    }

    [Fact]
    [Trait("Section", "RFC 3862 3.1")]
    public async Task HeaderNamesAreToldApartByCase()
    {
        await using var bob = await lobby.JoinAsync("bob");
        await bob.SayAsync("case1", Head.Replace("From:", "from:", StringComparison.Ordinal) + "\r\nContent-Type: text/plain\r\n\r\nwho says so?");
        Assert.InRange(await bob.StatusAsync("case1"), 400, 403);
    }

    [Fact]
    [Trait("Section", "RFC 3862 3.4")]
    public async Task AHeaderIsTheSameUnderAnyPrefixOfItsNamespace()
    {
        await using var bob = await lobby.JoinAsync("bob");
        await bob.SayAsync("ns01", "NS: my <urn:ietf:params:cpim-headers:>\r\nmy.From: <sip:alice@localhost>\r\n" + Head + "\r\nContent-Type: text/plain\r\n\r\nfrom two");
        Assert.InRange(await bob.StatusAsync("ns01"), 400, 403);
    }

    [Fact]
    [Trait("Section", "RFC 3862 2")]
    public async Task WithoutTheBlankLineItIsNone()
    {
        await using var bob = await lobby.JoinAsync("bob");
        await bob.SayAsync("blank1", Head);
        Assert.Equal(400, await bob.StatusAsync("blank1"));
    }

    [Theory]
    [InlineData("sip:carol@localhost")]
    [InlineData("im:carol@localhost")]
    [Trait("Section", "RFC 3860 3.2")]
    public async Task AnotherUserIsNamedByAnyOfHisSchemes(string uri)
    {
        await using var bob = await lobby.ConnectAsync("bob");
        var body = Lobby.Cpim("bob", "forged", "sip:alice@localhost").Replace("sip:bob@localhost", uri, StringComparison.Ordinal);
        Assert.Equal(403, (await bob.RequestAsync("MESSAGE", "sip:alice@localhost", "Content-Type: message/cpim\r\n", body)).Status);
    }

    [Fact]
    [Trait("Section", "RFC 3862 4.1")]
    public async Task WhatTheMessageSaysOfItsSenderIsTrueInASessionToo()
    {
        await using var pair = await WirePair.BoundAsync(lobby.Appliance.Host.SipTcp);
        var forged = Lobby.Cpim("carol", "forged", "sip:bob@localhost");
        var response = await pair.Caller.Dialog.RequestAsync("MESSAGE", "Content-Type: message/cpim\r\n", forged);
        Assert.Equal(403, response.Status);
    }

    [Theory]
    [InlineData("pres:carol@localhost")]
    [InlineData("PRES:carol@LOCALHOST")]
    [Trait("Section", "RFC 3859 3.2")]
    public async Task APresenceUriNamesTheSameUser(string uri)
    {
        await using var bob = await lobby.ConnectAsync("bob");
        var body = Lobby.Cpim("bob", "forged", "sip:alice@localhost").Replace("sip:bob@localhost", uri, StringComparison.Ordinal);
        Assert.Equal(403, (await bob.RequestAsync("MESSAGE", "sip:alice@localhost", "Content-Type: message/cpim\r\n", body)).Status);
    }

    [Fact]
    [Trait("Section", "RFC 3862 2.2")]
    public async Task AControlCharacterInAHeaderMakesItNone()
    {
        await using var bob = await lobby.JoinAsync("bob");
        await bob.SayAsync("ctrl1", Head + "Subject: a\u0007bell\r\n\r\nContent-Type: text/plain\r\n\r\nrings");
        Assert.Equal(400, await bob.StatusAsync("ctrl1"));
    }

    [Fact]
    [Trait("Section", "RFC 3862 2.3")]
    public async Task AnEscapeIsTheCharacterThatItStandsFor()
    {
        var messages = new Arrivals<ImMessage>();
        await using var alice = await lobby.ClientAsync("alice", client => client.MessageReceived += messages.Add);
        await using var bob = await lobby.ConnectAsync("bob");
        const string Escaped = """
            From: "Bob \"the\" Builder" <sip:bob@localhost>
            To: <sip:alice@localhost>
            Subject: a\\b \u00fc \"c\" \q

            Content-Type: text/plain

            escaped
            """;
        WireUser.Expect(await bob.RequestAsync("MESSAGE", "sip:alice@localhost", "Content-Type: message/cpim\r\n", Escaped.ReplaceLineEndings("\r\n")), 200);
        var message = await messages.NextAsync();
        Assert.Equal(("Bob \"the\" Builder", "a\\b \u00fc \"c\" \\q"), (message.FromName, message.Subject));
    }

    [Theory]
    [InlineData("text/plain", true)]
    [InlineData("image/*", false)]
    [Trait("Section", "RFC 3862 4")]
    public async Task ContentThatNamesNoTypeIsPlainText(string accepted, bool isWanted)
    {
        await using var alice = await lobby.JoinAsync("alice", path => SdpText.Msrp(path)
            .Replace("a=accept-types:message/cpim text/plain", "a=accept-types:message/cpim", StringComparison.Ordinal)
            .Replace("a=accept-wrapped-types:*", "a=accept-wrapped-types:" + accepted, StringComparison.Ordinal));
        await using var bob = await lobby.JoinAsync("bob");
        await bob.SayAsync("none1", Head + "\r\n\r\nof no type");
        await bob.SayAsync("type1", Head + "\r\nContent-Type: " + accepted.Replace('*', 'x') + "\r\n\r\nof one");
        Assert.EndsWith(isWanted ? "of no type" : "of one", (await alice.Msrp.MessageAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 3862 4.6")]
    public async Task ANamespaceIsKnownByItsUriAndNotByItsPrefix()
    {
        await using var alice = await lobby.RegisterAsync("alice");
        await using var bob = await lobby.ClientAsync("bob", static client => client.MessageReceived += static _ => { });
        var body = Lobby.Cpim("alice", "receipt?", "sip:bob@localhost").Replace(
            "DateTime",
            "NS: imdn <urn:example:another>\r\nimdn.Message-ID: wrong\r\nNS: my <urn:ietf:params:imdn>\r\nmy.Message-ID: right\r\nmy.Disposition-Notification: positive-delivery\r\nDateTime",
            StringComparison.Ordinal);
        WireUser.Expect(await alice.RequestAsync("MESSAGE", "sip:bob@localhost", "Content-Type: message/cpim\r\n", body), 200);
        var receipt = await alice.IncomingAsync("MESSAGE");
        Assert.Contains("<message-id>right</message-id>", receipt.Body, StringComparison.Ordinal);
        await alice.RespondAsync(receipt, 200, "OK", tag: "a1");
    }
}
