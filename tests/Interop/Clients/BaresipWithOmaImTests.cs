using OmaIm.Tests.EndToEnd.Cli;
using Xunit;

namespace OmaIm.Tests.Interop.Clients;

/// <summary>baresip at one end, the command <c>omaim</c> in a process of its own at the other.</summary>
public sealed class BaresipWithOmaImTests(Md5Appliance appliance) : IClassFixture<Md5Appliance>
{
    [Fact]
    [Trait("Section", "RFC 3428 4")]
    public async Task ListenShowsWhatBaresipSays()
    {
        using var alice = OmaImProcess.Start("listen", "--user", "alice", "--server", appliance.Server, "--displayed");
        await alice.ExpectPartAsync("\"event\":\"listening\"");
        await using var baresip = await BaresipClient.RegisterAsync(appliance.Host.SipTcp, "bob", "sip:alice@localhost");
        await baresip.SendAsync("from baresip");
        var message = await alice.ExpectPartAsync("\"event\":\"message\"");
        Assert.Contains("\"from\":\"sip:bob@localhost\"", message, StringComparison.Ordinal);
        Assert.Contains("\"text\":\"from baresip\"", message, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Section", "RFC 3428 7")]
    public async Task BaresipHasTheTextAlthoughItTakesNoCpim()
    {
        await using var baresip = await BaresipClient.RegisterAsync(appliance.Host.SipTcp, "bob", "sip:alice@localhost");
        using var alice = OmaImProcess.Start("im", "bob", "to baresip", "--user", "alice", "--server", appliance.Server, "--wait", "1");
        await baresip.ReceivesAsync("sip:alice@localhost: \"to baresip\"");
        await alice.ExpectAsync("✓ sent");
        Assert.Equal(0, await alice.ExitCodeAsync());
        Assert.DoesNotContain("✓✓ delivered", alice.Seen);
    }
}
