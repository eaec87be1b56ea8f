using Xunit;

namespace OmaIm.Tests.Conformance.Mime;

/// <summary>What a sender says of his content in front of it is for whoever gets the content (RFC 2045, RFC 2183).</summary>
public sealed class ContentHeaderTests(Lobby lobby) : IClassFixture<Lobby>
{
    [Fact]
    [Trait("Section", "RFC 2045 7")]
    public Task AContentIdGoesOnWithTheContent() => GoesOnAsync("Content-ID", "<picture.1@bob>");

    [Fact]
    [Trait("Section", "RFC 2045 8")]
    public Task ADescriptionGoesOnWithTheContent() => GoesOnAsync("Content-Description", "What it is, in words");

    [Fact]
    [Trait("Section", "RFC 2183 2")]
    public Task ADispositionGoesOnWithTheContent() => GoesOnAsync("Content-Disposition", "attachment;filename=\"a b.txt\"");

    private async Task GoesOnAsync(string name, string value)
    {
        await using var alice = await lobby.JoinAsync("alice");
        await using var bob = await lobby.JoinAsync("bob");
        await bob.SayAsync("head1", Lobby.Cpim("bob", "described"), "message/cpim", $"{name}: {value}");
        var message = await alice.Msrp.MessageAsync();
        Assert.Equal((value, Lobby.Cpim("bob", "described")), (message[name], message.Body));
    }
}
