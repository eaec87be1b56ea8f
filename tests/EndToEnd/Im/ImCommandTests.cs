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
    public async Task SeveralWordsNeedNoQuotes()
    {
        using var bob = Listen("bob");
        await bob.ExpectPartAsync("\"event\":\"listening\"");
        using var alice = Im("alice", "bob", "several", "words");
        Assert.Equal(0, await alice.ExitCodeAsync());
        await bob.ExpectPartAsync("\"text\":\"several words\"");
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
        await alice.ExpectPartAsync("\"event\":\"receipt\"");
        Assert.Equal(0, await alice.ExitCodeAsync());
        await first.ExpectPartAsync("\"text\":\"hi\"");
        await second.ExpectPartAsync("\"text\":\"hi\"");
    }

    [Fact]
    public async Task ATalkHasTicksAndItsListenerPrintsIt()
    {
        using var bob = Listen("bob");
        await bob.ExpectPartAsync("\"event\":\"listening\"");
        using var alice = Im("alice", "bob");
        await alice.ExpectPartAsync("* talking with sip:bob@localhost");
        alice.Type("one\\\ntwo");
        await alice.ExpectPartAsync("✓✓ delivered: one");
        Assert.Contains("one\\ntwo", await bob.ExpectPartAsync("\"mode\":\"session\""), StringComparison.Ordinal);
        alice.EndInput();
        Assert.Equal(0, await alice.ExitCodeAsync());
        await bob.ExpectPartAsync("\"event\":\"closed\"");
    }

    [Fact]
    public async Task PipedInputIsFollowedByWhatBecameOfIt()
    {
        using var bob = Listen("bob");
        await bob.ExpectPartAsync("\"event\":\"listening\"");
        using var alice = Im("alice", "bob");
        alice.Type("one");
        alice.EndInput();
        await alice.ExpectPartAsync("✓ sent: one");
        await alice.ExpectPartAsync("✓✓ delivered: one");
        Assert.Equal(0, await alice.ExitCodeAsync());
    }

    [Fact]
    public async Task ASessionThatEndsBeforeTheInputIsAFailure()
    {
        await using var carol = appliance.Client("carol");
        await carol.RegisterAsync();
        var accepted = SessionSteps.AcceptNext(carol);
        using var alice = Im("alice", "carol");
        await alice.ExpectPartAsync("* talking with");
        await (await accepted).CloseAsync().WaitAsync(SessionSteps.Patience);
        Assert.Equal(1, await alice.ExitCodeAsync());
    }

    [Fact]
    public async Task AFileIsSavedAndATooLongTextIsALargeMessage()
    {
        var directory = Directory.CreateTempSubdirectory();
        try
        {
            var path = Path.Combine(directory.FullName, "picture.bin");
            await File.WriteAllBytesAsync(path, new byte[100_000]);
            var saved = new DirectoryInfo(Path.Combine(directory.FullName, "saved"));
            using var listener = Listen("bob", "--save", saved.FullName);
            await listener.ExpectPartAsync("\"event\":\"listening\"");
            using var file = Im("alice", "bob", "--file", path);
            Assert.Equal(0, await file.ExitCodeAsync());
            await listener.ExpectPartAsync("\"event\":\"fileSaved\"");
            Assert.Equal(100_000, new FileInfo(Path.Combine(saved.FullName, "picture.bin")).Length);
            using var text = Im("alice", "bob", new string('x', 20_000), "--json");
            Assert.Contains("\"mode\":\"large\"", await text.ExpectPartAsync("\"event\":\"sent\""), StringComparison.Ordinal);
            Assert.Equal(0, await text.ExitCodeAsync());
            await listener.ExpectPartAsync("\"mode\":\"large\"");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData(6, "im", "dave", "hi", "--user", "alice", "--server", "THIS")]
    [InlineData(6, "im", "dave", "--user", "alice", "--server", "THIS")]
    [InlineData(4, "im", "nobody", "hi", "--user", "alice", "--server", "THIS")]
    [InlineData(4, "im", "nobody", "@alice hi", "--user", "alice", "--server", "THIS")]
    [InlineData(3, "im", "bob", "hi", "--user", "alice", "--password", "wrong", "--server", "THIS")]
    [InlineData(5, "im", "bob", "hi", "--user", "alice", "--server", "127.0.0.1:1")]
    [InlineData(2, "im", "bob", "hi", "--file", "x", "--user", "alice", "--server", "THIS")]
    [InlineData(2, "im", "bob", "", "--user", "alice", "--server", "THIS")]
    [InlineData(2, "im", "@", "hi", "--user", "alice", "--server", "THIS")]
    [InlineData(3, "listen", "--user", "alice", "--password", "wrong", "--server", "THIS")]
    [InlineData(2, "listen", "--user", "alice", "--save", "/dev/null/at/all", "--server", "THIS")]
    public async Task FailuresHaveTheirExitCodes(int code, params string[] arguments)
    {
        using var process = OmaImProcess.Start([.. arguments.Select(argument => argument == "THIS" ? appliance.Server : argument)]);
        process.EndInput();
        Assert.Equal(code, await process.ExitCodeAsync());
        Assert.DoesNotContain("   at ", process.Errors, StringComparison.Ordinal);
    }

    private OmaImProcess Listen(string user, params string[] more) =>
        OmaImProcess.Start(["listen", "--user", user, "--server", appliance.Server, .. more]);

    private OmaImProcess Im(string user, string peer, params string[] more) =>
        OmaImProcess.Start(["im", peer, .. more, "--user", user, "--server", appliance.Server]);
}
