using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Msrp;

/// <summary>SEND requests and their chunks (RFC 4975 section 7.1).</summary>
public sealed class SendTests(Lobby lobby) : IClassFixture<Lobby>
{
    [Fact]
    [Trait("Section", "RFC 4975 7.1")]
    public async Task ToPathAndFromPathComeFirstInEveryRequest()
    {
        await using var alice = await lobby.JoinAsync("alice");
        await using var bob = await lobby.JoinAsync("bob");
        await bob.SayAsync("say1", Lobby.Cpim("bob", "order of headers"));
        var frame = await alice.Msrp.MessageAsync();
        Assert.Equal(["To-Path", "From-Path"], frame.Headers.Take(2).Select(static header => header.Name));
        Assert.Equal((alice.Msrp.From, alice.Msrp.To), (frame.ToPath, frame.FromPath));
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1")]
    public async Task ContentTypeIsTheLastHeaderInFrontOfTheBody()
    {
        await using var alice = await lobby.JoinAsync("alice");
        await using var bob = await lobby.JoinAsync("bob");
        await bob.SayAsync("say1", Lobby.Cpim("bob", "last header"), "message/cpim", "Content-ID: <a@b>", "X-Unknown: kept");
        var frame = await alice.Msrp.MessageAsync();
        Assert.Equal("Content-Type", frame.Headers[^1].Name);
        Assert.Equal(("<a@b>", "kept"), (frame["Content-ID"], frame["X-Unknown"]));
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1")]
    public async Task EveryTransactionIdIsNewAndDoesNotOccurInTheBodyThatItEnds()
    {
        await using var alice = await lobby.JoinAsync("alice");
        await using var bob = await lobby.JoinAsync("bob");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 20; i++)
        {
            await bob.SayAsync($"say{i}", Lobby.Cpim("bob", "text -------" + string.Join(" -------", seen)));
            var frame = await alice.Msrp.MessageAsync();
            Assert.True(seen.Add(frame.TransactionId));
            Assert.InRange(frame.TransactionId.Length, 4, 32);
        }
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.1")]
    public async Task ChunksOfOneMessageShareItsIdAndTheirRangesJoin()
    {
        await using var alice = await lobby.JoinAsync("alice");
        await using var bob = await lobby.JoinAsync("bob");
        var cpim = Lobby.Cpim("bob", new string('r', 3000));
        await bob.Msrp.SendAsync(MsrpText.Send("part1", bob.Msrp.To, bob.Msrp.From, "Msgr", cpim[..2048], $"1-2048/{cpim.Length}", '+'));
        await bob.Msrp.SendAsync(MsrpText.Send("part2", bob.Msrp.To, bob.Msrp.From, "Msgr", cpim[2048..], $"2049-{cpim.Length}/{cpim.Length}"));
        var (one, two) = (await alice.Msrp.MessageAsync(), await alice.Msrp.MessageAsync());
        Assert.Equal((one.MessageId, '+', '$'), (two.MessageId, one.Flag, two.Flag));
        Assert.Equal(cpim, one.Body + two.Body);
        Assert.EndsWith($"/{cpim.Length}", two.ByteRange, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.1")]
    public async Task AMissingByteRangeMeansTheWholeMessage()
    {
        await using var alice = await lobby.JoinAsync("alice");
        await using var bob = await lobby.JoinAsync("bob");
        var cpim = Lobby.Cpim("bob", "no range");
        await bob.Msrp.SendAsync(MsrpText.Send("none1", bob.Msrp.To, bob.Msrp.From, "Msgn", cpim));
        Assert.Equal(200, await bob.StatusAsync("none1"));
        Assert.Equal(cpim, (await alice.Msrp.MessageAsync()).Body);
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.1")]
    public async Task AMessageThatIsGivenUpIsGivenUpTowardsOthersToo()
    {
        await using var alice = await lobby.JoinAsync("alice");
        await using var bob = await lobby.JoinAsync("bob");
        var cpim = Lobby.Cpim("bob", new string('a', 3000));
        await bob.Msrp.SendAsync(MsrpText.Send("part1", bob.Msrp.To, bob.Msrp.From, "Msga", cpim[..2048], $"1-2048/{cpim.Length}", '+'));
        await bob.Msrp.SendAsync(MsrpText.Send("part2", bob.Msrp.To, bob.Msrp.From, "Msga", "", $"2049-2048/{cpim.Length}", '#'));
        var begun = await alice.Msrp.MessageAsync();
        var aborted = await alice.Msrp.NextAsync(frame => frame.Flag == '#', "abort");
        Assert.Equal(begun.MessageId, aborted.MessageId);
    }

    [Theory]
    [InlineData("Byte-Range: 0-5/5")]
    [InlineData("Byte-Range: 1-x/5")]
    [InlineData("Failure-Report: perhaps")]
    [InlineData("Success-Report: perhaps")]
    [Trait("Section", "RFC 4975 7.3")]
    public async Task WhatCannotBeUnderstoodIsRefusedWith400(string header)
    {
        await using var bob = await lobby.JoinAsync("bob");
        await bob.Msrp.SendLinesAsync($"MSRP bad1 SEND\nTo-Path: {{to}}\nFrom-Path: {{from}}\nMessage-ID: Msgb\n{header}\nContent-Type: message/cpim\n\nbody!\n-------bad1$\n");
        Assert.Equal(400, await bob.StatusAsync("bad1"));
        await bob.Msrp.FlushAsync();
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.3")]
    public async Task ABodyWithoutAContentTypeIsRefusedWith400()
    {
        await using var bob = await lobby.JoinAsync("bob");
        await bob.Msrp.SendLinesAsync("MSRP bare1 SEND\nTo-Path: {to}\nFrom-Path: {from}\nMessage-ID: Msgb\n\nbody!\n-------bare1$\n");
        Assert.Equal(400, await bob.StatusAsync("bare1"));
    }

    [Fact]
    [Trait("Section", "RFC 4975 10.6")]
    public async Task ATypeThatTheSessionDoesNotTakeIsRefusedWith415()
    {
        await using var bob = await lobby.JoinAsync("bob");
        await bob.SayAsync("type1", "text", "image/png");
        Assert.Equal(415, await bob.StatusAsync("type1"));
        await bob.Msrp.FlushAsync();
    }

    [Fact]
    [Trait("Section", "RFC 4975 10.5")]
    public async Task AMessageBeyondTheAnnouncedMaximumIsRefusedWith413AndTheSessionGoesOn()
    {
        await using var bob = await lobby.JoinAsync("bob");
        var maximum = long.Parse(SdpText.Attribute(bob.Dialog.Answer, "max-size"), System.Globalization.CultureInfo.InvariantCulture);
        var cpim = Lobby.Cpim("bob", "the first of very many bytes");
        await bob.Msrp.SendAsync(MsrpText.Send("large1", bob.Msrp.To, bob.Msrp.From, "Msgl", cpim, $"1-{cpim.Length}/{maximum + 1}", '+'));
        Assert.Equal(413, await bob.StatusAsync("large1"));
        await bob.Msrp.FlushAsync();
    }

    [Fact]
    [Trait("Section", "RFC 4975 10.8")]
    public async Task AnUnknownSessionIs481()
    {
        await using var bob = await lobby.JoinAsync("bob");
        await using var stranger = await WireMsrp.ConnectAsync(bob.Msrp.Remote);
        await stranger.SendAsync(MsrpText.Request("SEND", "gone1", bob.Msrp.To.Replace("/", "/x", StringComparison.Ordinal).Replace("msrp:/x/x", "msrp://", StringComparison.Ordinal), bob.Msrp.From, "Message-ID: Msgg"));
        Assert.Equal(481, (await stranger.AnswerAsync("gone1")).StatusCode);
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.3")]
    public async Task AFromPathOfAnotherIs481()
    {
        await using var bob = await lobby.JoinAsync("bob");
        await bob.Msrp.SendAsync(MsrpText.Request("SEND", "from1", bob.Msrp.To, SdpText.Path(), "Message-ID: Msgf"));
        Assert.Equal(481, await bob.StatusAsync("from1"));
        await bob.Msrp.FlushAsync();
    }

    [Fact]
    [Trait("Section", "RFC 4975 10.9")]
    public async Task AnUnknownMethodIs501()
    {
        await using var bob = await lobby.JoinAsync("bob");
        await bob.Msrp.SendAsync(MsrpText.Request("DANCE", "dance1", bob.Msrp.To, bob.Msrp.From));
        Assert.Equal(501, await bob.StatusAsync("dance1"));
        await bob.Msrp.FlushAsync();
    }

    [Fact]
    [Trait("Section", "RFC 4975 10.10")]
    public async Task ASessionOfAnotherConnectionIs506()
    {
        await using var bob = await lobby.JoinAsync("bob");
        await using var second = await WireMsrp.ConnectAsync(bob.Msrp.Remote);
        await second.SendAsync(MsrpText.Request("SEND", "bound1", bob.Msrp.To, bob.Msrp.From, "Message-ID: Msg2"));
        Assert.Equal(506, (await second.AnswerAsync("bound1")).StatusCode);
        await bob.Msrp.FlushAsync();
    }
}
