using OmaIm.Tests.Conformance.Rooms;
using Xunit;

namespace OmaIm.Tests.Conformance.Pager;

/// <summary>The list in a MESSAGE or an INVITE (RFC 5365 section 4, RFC 5366 section 4).</summary>
public sealed class ListDocumentTests(Lobby lobby) : IClassFixture<Lobby>
{
    private const string ListHeaders = "Content-Type: application/resource-lists+xml\r\nContent-Disposition: recipient-list\r\n";

    private static readonly string Text = "Content-Type: text/plain\r\n\r\nto all";
    private static readonly string List = ListHeaders + "\r\n" + RoomMaking.List(RoomMaking.Entry("bob"));

    public static TheoryData<string, string[]> Wrong => new()
    {
        { "no list", [Text] },
        { "two lists", [Text, List, List] },
        { "nothing but a list", [List] },
        { "no document", [Text, ListHeaders + "\r\nsip:bob@localhost"] },
        { "a document of another kind", [Text, ListHeaders + "\r\n<list xmlns=\"urn:example\"><entry uri=\"sip:bob@localhost\"/></list>"] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    [Trait("Section", "RFC 5365 4")]
    public async Task AMessageToAListHasContentAndOneDocumentOfRecipients(string what, string[] parts)
    {
        await using var alice = await lobby.ConnectAsync("alice");
        var body = string.Concat(parts.Select(static part => $"--b1\r\n{part}\r\n")) + "--b1--\r\n";
        var response = await alice.RequestAsync("MESSAGE", "sip:exploder@localhost", "Require: recipient-list-message\r\nContent-Type: multipart/mixed;boundary=b1\r\n", body);
        Assert.True(response.Status == 400, $"{what}: {response}");
    }

    [Fact]
    [Trait("Section", "RFC 5366 4")]
    public async Task WhoStandsInAListWithinTheListIsInvitedToo()
    {
        await using var bob = await lobby.RegisterAsync("bob");
        await using var carol = await lobby.RegisterAsync("carol");
        await using var alice = await RoomMaking.CreateAsync(lobby, "alice", "sip:bob@localhost\"/><list><entry uri=\"sip:carol@localhost\"/></list><entry uri=\"sip:bob@localhost\"");
        foreach (var invited in new[] { bob, carol })
        {
            await invited.RespondAsync(await invited.IncomingAsync("INVITE"), 603, "Decline", tag: "i1");
        }
    }
}
