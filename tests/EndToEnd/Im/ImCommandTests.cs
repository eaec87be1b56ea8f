using OmaIm.Tests.EndToEnd.Cli;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Im;

/// <summary>The commands <c>im</c> and <c>listen</c> in processes of their own, as scripts use them.</summary>
public sealed class ImCommandTests(RunningAppliance appliance) : IClassFixture<RunningAppliance>
{
    [Fact]
    public async Task AMessageIsPrintedByItsListenerAndItsReceiptByItsSender()
    {
        using var bob = Listen("bob");
        await bob.ExpectPartAsync("\"event\":\"listening\"");
        using var alice = Im("alice", "bob", "Grüße, 世界 \u001b[31m");
        await alice.ExpectAsync("✓ sent");
        await alice.ExpectAsync("✓✓ delivered");
        Assert.Equal(0, await alice.ExitCodeAsync());
        var line = await bob.ExpectPartAsync("\"event\":\"message\"");
        Assert.Contains("Grüße, 世界 \\u001B[31m", line, StringComparison.Ordinal);
        Assert.Contains("\"from\":\"sip:alice@localhost\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AllListenersOfAUserHear()
    {
        using var first = Listen("carol");
        using var second = Listen("carol");
        await first.ExpectPartAsync("\"event\":\"listening\"");
        await second.ExpectPartAsync("\"event\":\"listening\"");
        using var alice = Im("alice", "carol", "hi", "--json");
        await alice.ExpectPartAsync("\"event\":\"sent\"");
        Assert.Equal(0, await alice.ExitCodeAsync());
        await first.ExpectPartAsync("\"text\":\"hi\"");
        await second.ExpectPartAsync("\"text\":\"hi\"");
    }

    [Theory]
    [InlineData(6, "im", "dave", "hi", "--user", "alice", "--server", "THIS")]
    [InlineData(6, "im", "dave", "--user", "alice", "--server", "THIS")]
    [InlineData(4, "im", "nobody", "hi", "--user", "alice", "--server", "THIS")]
    [InlineData(3, "im", "bob", "hi", "--user", "alice", "--password", "wrong", "--server", "THIS")]
    [InlineData(5, "im", "bob", "hi", "--user", "alice", "--server", "127.0.0.1:1")]
    [InlineData(2, "im", "bob", "hi", "--file", "x", "--user", "alice", "--server", "THIS")]
    [InlineData(2, "im", "@", "hi", "--user", "alice", "--server", "THIS")]
    [InlineData(3, "listen", "--user", "alice", "--password", "wrong", "--server", "THIS")]
    [InlineData(2, "listen", "--user", "alice", "--save", "/nowhere/at/all", "--server", "THIS")]
    public async Task FailuresHaveTheirExitCodes(int code, params string[] arguments)
    {
        using var process = OmaImProcess.Start([.. arguments.Select(argument => argument == "THIS" ? appliance.Server : argument)]);
        process.EndInput();
        Assert.Equal(code, await process.ExitCodeAsync());
        Assert.DoesNotContain("   at ", process.Errors, StringComparison.Ordinal);
    }

    private OmaImProcess Listen(string user) => OmaImProcess.Start("listen", "--user", user, "--server", appliance.Server);

    private OmaImProcess Im(string user, string peer, params string[] more) =>
        OmaImProcess.Start(["im", peer, .. more, "--user", user, "--server", appliance.Server]);
}
