using Xunit;

namespace OmaIm.Tests.EndToEnd.Cli;

/// <summary>The command itself, in processes of its own, as scripts use it.</summary>
public sealed class ChatTests(RunningAppliance appliance) : IClassFixture<RunningAppliance>
{
    [Fact]
    public async Task ThreeTerminalsChat()
    {
        using var alice = Chat("alice");
        await alice.ExpectAsync("* joined sip:lobby@rooms.localhost");
        using var bob = Chat("bob");
        using var carol = Chat("carol");
        await alice.ExpectPartAsync(" joined");
        await alice.ExpectPartAsync(" joined");
        await bob.ExpectAsync("* joined sip:lobby@rooms.localhost");
        await carol.ExpectAsync("* joined sip:lobby@rooms.localhost");

        alice.Type("Grüße, 世界 👩‍👩‍👧");
        await bob.ExpectAsync("alice: Grüße, 世界 👩‍👩‍👧");
        await carol.ExpectAsync("alice: Grüße, 世界 👩‍👩‍👧");

        bob.Type("one\\\ntwo");
        await carol.ExpectAsync("bob: one", "  two");
        await alice.ExpectAsync("bob: one", "  two");

        alice.Type("/msg bob psst");
        await bob.ExpectAsync("alice (private): psst");
        alice.Type("to all");
        await carol.ExpectAsync("alice: to all");
        Assert.DoesNotContain(carol.Seen, line => line.Contains("psst", StringComparison.Ordinal));

        alice.Type("/nick Queen of Hearts");
        await bob.ExpectAsync("* alice is now called Queen of Hearts");
        bob.Type("/msg \"queen of hearts\" yes, majesty");
        await alice.ExpectAsync("bob (private): yes, majesty");

        alice.EndInput();
        Assert.Equal(0, await alice.ExitCodeAsync());
        await bob.ExpectAsync("* Queen of Hearts left");
    }

    [Fact]
    public async Task WhoIsRightAfterAProcessIsKilled()
    {
        using var dave = Chat("dave", "--json");
        using var carol = Chat("carol");
        await carol.ExpectAsync("* joined sip:lobby@rooms.localhost");
        await dave.ExpectPartAsync("\"event\":\"memberJoined\",\"uri\":\"sip:carol@localhost\"", orPart: "\"uri\":\"sip:carol@localhost\"");
        carol.Kill();
        await dave.ExpectPartAsync("\"event\":\"memberLeft\",\"uri\":\"sip:carol@localhost\"");
        dave.Type("/who");
        Assert.DoesNotContain("carol", await dave.ExpectPartAsync("\"event\":\"roster\""), StringComparison.Ordinal);
        dave.Type("/quit");
        Assert.Equal(0, await dave.ExitCodeAsync());
    }

    [Theory]
    [InlineData(2, "chat", "lobby")]
    [InlineData(2, "chat", "lobby", "--user", "alice", "--server", "no server")]
    [InlineData(2, "chat", "lobby", "--user", "alice", "--server", "192.0.2.1")]
    [InlineData(2, "chat", "@", "--user", "alice")]
    [InlineData(3, "chat", "lobby", "--user", "alice", "--password", "wrong", "--server", "THIS")]
    [InlineData(3, "chat", "lobby", "--user", "mallory", "--server", "THIS")]
    [InlineData(4, "chat", "nowhere", "--user", "alice", "--server", "THIS")]
    [InlineData(5, "chat", "lobby", "--user", "alice", "--server", "127.0.0.1:1")]
    public async Task FailuresHaveTheirExitCodes(int code, params string[] arguments)
    {
        using var process = OmaImProcess.Start([.. arguments.Select(argument => argument == "THIS" ? appliance.Server : argument)]);
        process.EndInput();
        Assert.Equal(code, await process.ExitCodeAsync());
        Assert.NotEmpty(process.Errors);
    }

    [Fact]
    public async Task WhatWasNotDoneShowsInTheExitCode()
    {
        using var alice = Chat("alice");
        alice.Type("/msg nobody psst");
        alice.EndInput();
        Assert.Equal(1, await alice.ExitCodeAsync());
        Assert.Contains("nobody is not here", alice.Errors, StringComparison.Ordinal);
    }

    private OmaImProcess Chat(string user, params string[] more) =>
        OmaImProcess.Start(["chat", "lobby", "--user", user, "--server", appliance.Server, .. more]);
}
