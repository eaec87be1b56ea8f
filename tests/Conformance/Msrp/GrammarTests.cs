using OmaIm.Client;
using OmaIm.Tests.Conformance.Sessions;
using OmaIm.Tests.EndToEnd.Im;
using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Msrp;

/// <summary>URIs, ids and chunks as they may be written (RFC 4975 sections 6, 7.3.1 and 9), and where the server listens (section 15.4).</summary>
public sealed class GrammarTests(Lobby lobby) : IClassFixture<Lobby>
{
    [Fact]
    [Trait("Section", "RFC 4975 6")]
    public async Task ASessionIsToldApartByTheCaseOfItsIdAndNotOfItsScheme()
    {
        await using var bob = await lobby.JoinAsync("bob");
        var id = bob.Msrp.To.Split('/')[^1].Split(';')[0];
        await ProbeAsync(bob, "same1", bob.Msrp.To.Replace("msrp:", "MSRP:", StringComparison.Ordinal), 200);
        await ProbeAsync(bob, "other1", bob.Msrp.To.Replace(id, Swap(id), StringComparison.Ordinal), 481);
    }

    [Fact]
    [Trait("Section", "RFC 4975 6")]
    public async Task APathNeedNotNameAPort()
    {
        await using var bob = await WireMember.BoundAsync(
            lobby.Appliance.Host.SipTcp,
            "bob",
            Lobby.Room,
            static path => SdpText.Session("127.0.0.1", "m=message 9 TCP/MSRP *", "a=accept-types:message/cpim", "a=accept-wrapped-types:*", "a=setup:active", "a=path:" + path),
            $"msrp://192.0.2.7/{WireUser.NewId()};tcp");
        await bob.SayAsync("port1", Lobby.Cpim("bob", "from no port"));
        Assert.Equal(200, await bob.StatusAsync("port1"));
    }

    [Theory]
    [InlineData("abcd", 200)]
    [InlineData("a.-+%=1", 200)]
    [InlineData("a2345678901234567890123456789012", 200)]
    [InlineData("abc", 400)]
    [InlineData("-abc", 400)]
    [InlineData("ab cd", 400)]
    [InlineData("a23456789012345678901234567890123", 400)]
    [Trait("Section", "RFC 4975 9")]
    public async Task AnIdHasFourTo32Characters(string id, int status)
    {
        await using var bob = await lobby.JoinAsync("bob");
        await bob.Msrp.SendAsync(MsrpText.Send("ident1", bob.Msrp.To, bob.Msrp.From, id, Lobby.Cpim("bob", "by its id")));
        Assert.Equal(status, await bob.StatusAsync("ident1"));
    }

    [Theory]
    [InlineData("000 413")]
    [InlineData("000 413 Message Too Large")]
    [Trait("Section", "RFC 4975 9")]
    public async Task AStatusNeedsNoReason(string status)
    {
        await using var talk = await Talk.BeginAsync(lobby, "bob");
        var name = await ReportedAsync(talk, status);
        var failed = await SessionSteps.NextAsync<MessageFailed>(talk.Session);
        Assert.Equal((name, 413), (failed.MessageId, failed.Failure.StatusCode));
    }

    [Fact]
    [Trait("Section", "RFC 4975 9")]
    public async Task AStatusOfAnotherNamespaceSaysNothing()
    {
        await using var talk = await Talk.BeginAsync(lobby, "bob");
        await ReportedAsync(talk, "001 413 Whatever");
        var name = await ReportedAsync(talk, "000 415");
        Assert.Equal(name, (await SessionSteps.NextAsync<MessageFailed>(talk.Session)).MessageId);
    }

    [Fact]
    [Trait("Section", "RFC 4975 10.4")]
    public async Task ATimeOutFurtherOnEndsTheMessageAndNotTheSession()
    {
        await using var talk = await Talk.BeginAsync(lobby, "bob");
        var name = await ReportedAsync(talk, "000 408 Timeout");
        var failed = await SessionSteps.NextAsync<MessageFailed>(talk.Session);
        Assert.Equal((name, 408), (failed.MessageId, failed.Failure.StatusCode));
        await talk.SayAsync("after1", "still here", "text/plain");
        Assert.Equal("still here", (await SessionSteps.NextAsync<SessionMessage>(talk.Session)).Message.Text);
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.3.1")]
    public async Task ChunksMayComeInAnyOrderAndWhatComesAgainReplacesWhatWas()
    {
        await using var talk = await Talk.BeginAsync(lobby, "carol");
        await ChunkAsync(talk, "chunk1", "ghi", 7, '$');
        await ChunkAsync(talk, "chunk2", "xxxx", 1, '+');
        await ChunkAsync(talk, "chunk3", "abcdef", 1, '+');
        Assert.Equal("abcdefghi", (await SessionSteps.NextAsync<SessionMessage>(talk.Session)).Message.Text);
    }

    [Fact]
    [Trait("Section", "RFC 4975 15.4")]
    public void TheServerListensWhereMsrpIsExpected() => Assert.Equal(2855, new Appliance.Configuration.MsrpSettings().Port);

    private static async Task ProbeAsync(WireMember bob, string id, string to, int status)
    {
        await bob.Msrp.SendAsync(MsrpText.Request("SEND", id, to, bob.Msrp.From, "Message-ID: " + id));
        Assert.Equal(status, await bob.StatusAsync(id));
    }

    private static Task ChunkAsync(Talk talk, string id, string body, int start, char flag) => talk.Msrp.SendAsync(
        MsrpText.Send(id, talk.Msrp.To, talk.Msrp.From, "Msgchunks", body, $"{start}-{start + body.Length - 1}/9", flag, "text/plain"));

    /// <summary>Our client says something, which is taken and then reported on; its name there.</summary>
    private static async Task<string> ReportedAsync(Talk talk, string status)
    {
        var sending = talk.Session.SendAsync("said");
        var message = await talk.Msrp.MessageAsync();
        await talk.Msrp.RespondAsync(message);
        var sent = await sending;
        await talk.Msrp.SendAsync(MsrpText.Request(
            "REPORT", "rep" + WireUser.NewId(), message.FromPath, message.ToPath, "Message-ID: " + message.MessageId, "Byte-Range: " + message.ByteRange, "Status: " + status));
        return sent.MessageId;
    }

    private static string Swap(string text) => string.Concat(text.Select(static letter => char.IsLower(letter) ? char.ToUpperInvariant(letter) : char.ToLowerInvariant(letter)));
}
