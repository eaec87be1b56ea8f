using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Oma;

/// <summary>What clients of RCS say of a conversation reaches the other side (RCC.07 section 3.2).</summary>
public sealed class RcsTests(Lobby lobby) : IClassFixture<Lobby>
{
    private const string Headers = "Conversation-ID: f81d4fae-7dec-11d0-a765-00a0c91e6bf6\r\nContribution-ID: abcdef-1234@127.0.0.1\r\n";

    [Theory]
    [InlineData("INVITE")]
    [InlineData("MESSAGE")]
    [Trait("Section", "RCC.07 3.2")]
    public async Task ConversationAndContributionPass(string method)
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        Task sending = method == "INVITE"
            ? alice.InviteAsync(bob.Address, SdpText.Msrp(SdpText.Path()), Headers)
            : alice.RequestAsync(method, bob.Address, Headers + "Content-Type: text/plain\r\n", "hello");
        var request = await bob.IncomingAsync(method);
        Assert.Equal(("f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "abcdef-1234@127.0.0.1"), (request["Conversation-ID"], request["Contribution-ID"]));
        await bob.RespondAsync(request, 603, "Decline", tag: "b1");
        await sending;
    }

    [Fact]
    [Trait("Section", "RCC.07 3.2")]
    public async Task AnAnswerNamesThemToo()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var alice = await lobby.ConnectAsync("alice");
        var inviting = alice.InviteAsync(bob.Address, SdpText.Msrp(SdpText.Path()), Headers);
        await bob.AcceptAsync(await bob.IncomingAsync("INVITE"), SdpText.Msrp(SdpText.Path()), Headers);
        var dialog = await inviting;
        Assert.Equal(
            ("f81d4fae-7dec-11d0-a765-00a0c91e6bf6", "abcdef-1234@127.0.0.1"), (dialog.Response["Conversation-ID"], dialog.Response["Contribution-ID"]));
        var ending = dialog.ByeAsync();
        await bob.RespondAsync(await bob.IncomingAsync("BYE"), 200, "OK");
        await ending;
    }
}
