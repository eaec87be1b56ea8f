using OmaIm.Tests.EndToEnd.Cli;
using OmaIm.Tests.Interop.Capture;
using Xunit;

namespace OmaIm.Tests.Interop.Relays;

/// <summary>The command <c>omaim</c> behind Kamailio as its MSRP relay, in processes of its own.</summary>
public sealed class OmaImTests(DirectAppliance appliance) : IClassFixture<DirectAppliance>
{
    [Fact]
    [Trait("Section", "RFC 4976 5.1")]
    public async Task AConversationAndALargeMessagePassTheRelay()
    {
        await using var relay = await KamailioRelay.StartAsync();
        using var bob = Start(relay, "bob", "listen");
        await bob.ExpectPartAsync("\"event\":\"listening\"");
        using var alice = Start(relay, "alice", "im", "bob");
        await alice.ExpectPartAsync("* talking with sip:bob@localhost");
        alice.Type("by the relay");
        await alice.ExpectPartAsync("✓✓ delivered: by the relay");
        Assert.Contains("\"text\":\"by the relay\"", await bob.ExpectPartAsync("\"mode\":\"session\""), StringComparison.Ordinal);
        alice.EndInput();
        Assert.Equal(0, await alice.ExitCodeAsync());
        using var large = Start(relay, "alice", "im", "bob", new string('x', 20_000));
        Assert.Equal(0, await large.ExitCodeAsync());
        await bob.ExpectPartAsync("\"mode\":\"large\"");
        await relay.SaysTimesAsync("relay: AUTH of", 4);
    }

    [Theory]
    [InlineData(2, "--msrp-relay", "sip:relay.example.com")]
    [InlineData(2, "--msrp-relay-user", "roamer")]
    [InlineData(5, "--msrp-relay", "msrp://127.0.0.1:1;tcp")]
    public async Task ARelayThatIsNoneHasItsExitCode(int code, string option, string value)
    {
        using var alice = OmaImProcess.Start("im", "bob", "--user", "alice", "--server", appliance.Server, option, value);
        Assert.Equal(code, await alice.ExitCodeAsync());
        Assert.Contains("relay", alice.Errors, StringComparison.Ordinal);
    }

    private OmaImProcess Start(KamailioRelay relay, string user, params string[] command) => OmaImProcess.Start([
        .. command, "--user", user, "--server", appliance.Server,
        "--msrp-relay", relay.Options.Uri, "--msrp-relay-user", relay.Options.User, "--msrp-relay-password", relay.Options.Password]);
}
