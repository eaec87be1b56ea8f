using OmaIm.Appliance.Configuration;
using OmaIm.Tests.EndToEnd;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Sdp;

/// <summary>Session descriptions line by line (RFC 8866, RFC 4145, RFC 6714).</summary>
public sealed class SdpTests(Lobby lobby) : IClassFixture<Lobby>
{
    private static readonly string Path = SdpText.Path();

    [Fact]
    [Trait("Section", "RFC 8866 5.2")]
    public async Task TheOriginIsOfItsMakerAndEachSessionHasAnIdOfItsOwn()
    {
        await using var alice = await lobby.JoinAsync("alice");
        await using var bob = await lobby.JoinAsync("bob");
        var (one, other) = (Line(alice.Dialog.Answer, 'o'), Line(bob.Dialog.Answer, 'o'));
        Assert.Matches(@"^\S+ \d+ \d+ IN IP4 127\.0\.0\.1$", one);
        Assert.NotEqual(one.Split(' ')[1], other.Split(' ')[1]);
    }

    [Theory]
    [InlineData("- 3900000001 IN IP4 127.0.0.1")]
    [InlineData("- 3900000001 one IN IP4 127.0.0.1")]
    [InlineData("- 3900000001 3900000001 IN IP4")]
    [Trait("Section", "RFC 8866 5.2")]
    public Task AnOriginHasAllItsFields(string origin) => IsAnsweredAsync("o=- 3900000001 3900000001 IN IP4 127.0.0.1", "o=" + origin, 400);

    [Fact]
    [Trait("Section", "RFC 8866 5.2")]
    public async Task AnOriginThatIsChangedIsOneVersionOn()
    {
        await using var pair = await WirePair.BoundAsync(lobby.Appliance.Host.SipTcp);
        var before = Line(pair.Caller.Dialog.Answer, 'o').Split(' ');
        var changing = pair.Caller.Dialog.RequestAsync(
            "INVITE", $"Contact: <{pair.Caller.Sip.ContactUri}>\r\nContent-Type: application/sdp\r\n", SdpText.Msrp(SdpText.Path()));
        if (await Task.WhenAny(changing, pair.Callee.Sip.IncomingAsync("INVITE")) != changing)
        {
            var again = pair.Callee.Sip.Received.Last(static message => message.Method == "INVITE");
            await pair.Callee.Sip.AcceptAsync(again, SdpText.Msrp(pair.Callee.Msrp.From));
        }

        var after = Line((await changing).Body, 'o').Split(' ');
        Assert.Equal((before[1], long.Parse(before[2], System.Globalization.CultureInfo.InvariantCulture) + 1), (after[1], long.Parse(after[2], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    [Trait("Section", "RFC 8866 5.3")]
    public async Task TheNameOfASessionAndWhereItWasMadeTellNothingOfWhoAsksForPrivacy()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var offer = SdpText.Msrp(SdpText.Path()).Replace("s=-", "s=Alice at home", StringComparison.Ordinal)
            .Replace("o=- 3900000001 3900000001 IN IP4 127.0.0.1", "o=alice 3900000001 3900000001 IN IP4 alice.example.com", StringComparison.Ordinal);
        var inviting = alice.InviteAsync(bob.Address, offer, "Privacy: id\r\n");
        var invite = await bob.IncomingAsync("INVITE");
        Assert.DoesNotContain("alice", invite.Body, StringComparison.OrdinalIgnoreCase);
        Assert.NotEqual("", Line(invite.Body, 's'));
        await bob.RespondAsync(invite, 603, "Decline", tag: "b1");
        await inviting;
    }

    [Fact]
    [Trait("Section", "RFC 8866 5.7")]
    public async Task AHostByNameStandsAsIp4()
    {
        await using var named = new Named();
        await named.InitializeAsync();
        await using var bob = await WireUser.ConnectAsync(named.Host.SipTcp, "bob");
        var dialog = await bob.InviteAsync(Lobby.Room, SdpText.Msrp(SdpText.Path()));
        Assert.Equal("IN IP4 msrp.example.com", Line(dialog.Answer, 'c'));
        Assert.StartsWith($"msrp://msrp.example.com:{named.Host.Msrp.Port}/", SdpText.Attribute(dialog.Answer, "path"), StringComparison.Ordinal);
        await dialog.ByeAsync();
    }

    [Theory]
    [InlineData("IN IP4 client.example.com", 200)]
    [InlineData("IN IP6 client.example.com", 200)]
    [InlineData("IN IP6 2001:db8::1", 200)]
    [InlineData("ATM NSAP 47.0091", 400)]
    [InlineData("ATM IP4 127.0.0.1", 400)]
    [InlineData("IN NSAP 47.0091", 400)]
    [InlineData("IN IP4", 400)]
    [Trait("Section", "RFC 8866 5.7")]
    public Task AConnectionIsOnTheInternet(string connection, int status) => IsAnsweredAsync("c=IN IP4 127.0.0.1", "c=" + connection, status);

    [Fact]
    [Trait("Section", "RFC 8866 5.13")]
    public async Task AttributesThatAreNotKnownPassWithAndWithoutAValue()
    {
        string[] lines = ["a=x-flag", "a=x-words:one: two;three"];
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var inviting = alice.InviteAsync(bob.Address, SdpText.Msrp(SdpText.Path(), "active", lines));
        var invite = await bob.IncomingAsync("INVITE");
        Assert.All(lines, line => Assert.Contains(line + "\r\n", invite.Body, StringComparison.Ordinal));
        await bob.RespondAsync(invite, 603, "Decline", tag: "b1");
        await inviting;
    }

    [Theory]
    [InlineData("message 9/2 TCP/MSRP *", 200)]
    [InlineData("message 65536 TCP/MSRP *", 400)]
    [InlineData("message -1 TCP/MSRP *", 400)]
    [InlineData("message 9 TCP/MSRP", 400)]
    [InlineData("message 9", 400)]
    [Trait("Section", "RFC 8866 5.14")]
    public Task ASectionHasAPortAProtocolAndFormats(string media, int status) => IsAnsweredAsync("m=message 9 TCP/MSRP *", "m=" + media, status);

    [Theory]
    [InlineData("sendonly", "recvonly")]
    [InlineData("recvonly", "sendonly")]
    [InlineData("inactive", "inactive")]
    [Trait("Section", "RFC 8866 6.7")]
    public async Task AnAnswerTurnsTheDirectionRound(string offered, string answered)
    {
        await using var bob = await lobby.ConnectAsync("bob");
        foreach (var offer in (string[])[SdpText.Msrp(Path, "active", "a=" + offered), SdpText.Msrp(Path).Replace("t=0 0", "t=0 0\r\na=" + offered, StringComparison.Ordinal)])
        {
            var dialog = await bob.InviteAsync(Lobby.Room, offer);
            Assert.Contains($"a={answered}\r\n", dialog.Answer, StringComparison.Ordinal);
            await dialog.ByeAsync();
        }
    }

    [Theory]
    [InlineData("v=0", "v=1")]
    [InlineData("v=0\r\n", "")]
    [InlineData("s=-\r\n", "s=-\r\nnothing\r\n")]
    [InlineData("s=-\r\n", "s=-\r\nS=-\r\n")]
    [InlineData("s=-\r\n", "s=-\r\ns=twice\r\n")]
    [InlineData("s=-\r\n", "s=\u0007\r\n")]
    [Trait("Section", "RFC 8866 9")]
    public Task ALineIsATypeAndAValue(string part, string other) => IsAnsweredAsync(part, other, 400);

    [Fact]
    [Trait("Section", "RFC 8866 9")]
    public async Task TheLinesStandInTheirOrder()
    {
        await using var bob = await lobby.JoinAsync("bob");
        var types = string.Concat(bob.Dialog.Answer.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(static line => line[0]));
        Assert.Matches("^vosc?ta*(mi?c?a*)+$", types);
    }

    [Theory]
    [InlineData("holdconn")]
    [InlineData("whatever")]
    [Trait("Section", "RFC 4145 4")]
    public Task ARoleThatIsNotForMessagesIs488(string role) => IsAnsweredAsync("a=setup:active", "a=setup:" + role, 488);

    [Fact]
    [Trait("Section", "RFC 6714 4")]
    public async Task WhoTakesTheLinesInsteadOfThePathComesToTheSamePlace()
    {
        await using var pair = await WirePair.BoundAsync(
            lobby.Appliance.Host.SipTcp,
            static path => SdpText.Msrp(path, "active", "a=msrp-cema").Replace("c=IN IP4 127.0.0.1", "c=IN IP4 192.0.2.7", StringComparison.Ordinal),
            static path => SdpText.Msrp(path, "active", "a=msrp-cema"));
        foreach (var description in new[] { pair.Invite.Body, pair.Caller.Dialog.Answer })
        {
            var hop = SdpText.Hop(description);
            Assert.Equal(("IN IP4 " + hop.Address, $"message {hop.Port} TCP/MSRP *"), (Line(description, 'c'), Line(description, 'm')));
        }

        await pair.Callee.SayAsync("cema1", "reached", "text/plain");
        Assert.Equal("reached", (await pair.Caller.Msrp.MessageAsync()).Body);
    }

    private static string Line(string sdp, char type) =>
        sdp.Split("\r\n").First(line => line.StartsWith($"{type}=", StringComparison.Ordinal))[2..];

    private async Task IsAnsweredAsync(string part, string other, int status)
    {
        await using var bob = await lobby.ConnectAsync("bob");
        var offer = SdpText.Msrp(Path);
        Assert.Contains(part, offer, StringComparison.Ordinal);
        var dialog = await bob.InviteAsync(Lobby.Room, offer.Replace(part, other, StringComparison.Ordinal));
        Assert.Equal(status, dialog.Response.Status);
        await dialog.ByeAsync();
    }

    private sealed class Named : RunningAppliance, IAsyncDisposable
    {
        protected override MsrpSettings MsrpSettings => base.MsrpSettings with { AdvertisedHost = "msrp.example.com" };

        async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
    }
}
