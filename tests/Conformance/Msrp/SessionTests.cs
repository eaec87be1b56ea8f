using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Msrp;

/// <summary>Setting up MSRP sessions by SDP (RFC 4975 sections 5.4 and 8, RFC 6135).</summary>
public sealed class SessionTests(Lobby lobby) : IClassFixture<Lobby>
{
    [Fact]
    [Trait("Section", "RFC 4975 5.4")]
    public async Task TheOffererConnectsWhenNobodySaysOtherwise()
    {
        await using var bob = await lobby.JoinAsync("bob", static path => SdpText.Msrp(path, setup: null));
        Assert.Contains(SdpText.Attribute(bob.Dialog.Answer, "setup"), new[] { "", "passive" });
    }

    [Fact]
    [Trait("Section", "RFC 4975 5.4")]
    public async Task WhoeverConnectsSendsARequestAtOnce()
    {
        await using var bob = await WireMember.ListeningAsync(lobby.Appliance.Host.SipTcp, "bob", Lobby.Room);
        var first = await bob.Msrp.RequestAsync("SEND");
        Assert.Equal((bob.Msrp.From, bob.Msrp.To), (first.ToPath, first.FromPath));
        Assert.Null(first["Content-Type"]);
        await bob.Msrp.RespondAsync(first);
        await bob.Msrp.FlushAsync();
    }

    [Theory]
    [InlineData("active", "passive")]
    [InlineData("actpass", "passive")]
    [InlineData("passive", "active")]
    [Trait("Section", "RFC 6135 4.2")]
    public async Task TheAnswerTakesTheOtherRole(string offered, string answered)
    {
        await using var bob = await lobby.ConnectAsync("bob");
        var path = SdpText.Path(port: offered == "passive" ? 7654 : 9);
        var dialog = await bob.InviteAsync(Lobby.Room, SdpText.Msrp(path, offered));
        Assert.Equal(answered, SdpText.Attribute(dialog.Answer, "setup"));
        await dialog.ByeAsync();
    }

    [Fact]
    [Trait("Section", "RFC 4975 8.1")]
    public async Task AddressAndPortOfTheLinesAreThoseOfThePath()
    {
        await using var bob = await lobby.JoinAsync("bob");
        var hop = SdpText.Hop(bob.Dialog.Answer);
        Assert.Contains($"c=IN IP4 {hop.Address}\r\n", bob.Dialog.Answer, StringComparison.Ordinal);
        Assert.Contains($"m=message {hop.Port} TCP/MSRP *\r\n", bob.Dialog.Answer, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 4975 8.2")]
    public async Task EverySessionHasAPathOfItsOwnThatNobodyCanGuess()
    {
        await using var one = await lobby.JoinAsync("bob");
        await using var two = await lobby.JoinAsync("bob");
        var (first, second) = (SessionId(one), SessionId(two));
        Assert.NotEqual(first, second);
        Assert.True(first.Length >= 16, first); // 80 bits at the least (section 14.1)
    }

    [Fact]
    [Trait("Section", "RFC 4975 8.6")]
    public async Task TheAnswerNamesTypesAndMaximumSize()
    {
        await using var bob = await lobby.JoinAsync("bob");
        Assert.Equal(("message/cpim", "*"), (SdpText.Attribute(bob.Dialog.Answer, "accept-types"), SdpText.Attribute(bob.Dialog.Answer, "accept-wrapped-types")));
        Assert.Matches("^[0-9]+$", SdpText.Attribute(bob.Dialog.Answer, "max-size"));
    }

    [Theory]
    [InlineData("no path", "a=path:", "a=nothing:")]
    [InlineData("no accept-types", "a=accept-types:message/cpim text/plain", "a=nothing")]
    [InlineData("UDP", "TCP/MSRP", "UDP/MSRP")]
    [InlineData("audio", "m=message", "m=audio")]
    [Trait("Section", "RFC 3264 6")]
    public async Task AnOfferWithoutAUsableStreamIs488(string what, string part, string other)
    {
        await using var bob = await lobby.ConnectAsync("bob");
        var dialog = await bob.InviteAsync(Lobby.Room, SdpText.Msrp(SdpText.Path()).Replace(part, other, StringComparison.Ordinal));
        Assert.True(dialog.Response.Status == 488, what);
    }

    [Fact]
    [Trait("Section", "RFC 3264 6")]
    public async Task AStreamThatIsNotTakenIsAnsweredWithPortZeroInItsPlace()
    {
        await using var bob = await lobby.JoinAsync("bob", static path => SdpText.Msrp(path).Replace("m=message", "m=audio 7000 RTP/AVP 0\r\nm=message", StringComparison.Ordinal));
        var media = bob.Dialog.Answer.Split("\r\n").Where(static line => line.StartsWith("m=", StringComparison.Ordinal)).ToArray();
        Assert.Equal(2, media.Length);
        Assert.Equal("m=audio 0 RTP/AVP 0", media[0]);
    }

    [Fact]
    [Trait("Section", "RFC 4975 5.4")]
    public async Task ALostConnectionEndsTheSessionAndItsPathIsDead()
    {
        await using var sip = await lobby.ConnectAsync("bob");
        var path = SdpText.Path();
        var dialog = await sip.InviteAsync(Lobby.Room, SdpText.Msrp(path));
        var (server, to) = (SdpText.Hop(dialog.Answer), SdpText.Attribute(dialog.Answer, "path"));
        await using (var msrp = await WireMsrp.ConnectAsync(server))
        {
            (msrp.To, msrp.From) = (to, path);
            await msrp.FlushAsync();
        }

        var bye = await sip.IncomingAsync("BYE");
        await sip.RespondAsync(bye, 200, "OK");
        await using var again = await WireMsrp.ConnectAsync(server);
        await again.SendAsync(Support.MsrpText.Request("SEND", "late1", to, path, "Message-ID: Msglate"));
        Assert.Equal(481, (await again.AnswerAsync("late1")).StatusCode);
    }

    private static string SessionId(WireMember member) => SdpText.Attribute(member.Dialog.Answer, "path").Split('/')[^1].Split(';')[0];
}
