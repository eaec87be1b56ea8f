using Xunit;

namespace OmaIm.Tests.Conformance.Relays;

/// <summary>What our client asks of its relay, and what it does with the answer (RFC 4976 sections 4 and 7).</summary>
public sealed class BoundsTests(Lobby lobby) : IClassFixture<Lobby>
{
    [Fact]
    [Trait("Section", "RFC 4976 4.1")]
    public async Task AnAuthIsAWholeFrameWithoutContent()
    {
        await using var relay = new FakeRelay(lobby.Appliance.Server);
        var auth = await relay.AuthAsync();
        Assert.Equal(("AUTH", '$', null, null), (auth.Method, auth.Flag, auth.Body, auth["Content-Type"]));
        Assert.Equal(["To-Path", "From-Path", "Expires"], auth.Headers.Select(static header => header.Name));
    }

    [Theory]
    [InlineData("Min-Expires: 1200", "1200")]
    [InlineData("Max-Expires: 120", "120")]
    [InlineData("Max-Expires:  0060 ", "60")]
    [Trait("Section", "RFC 4976 7")]
    public async Task ATimeOutOfBoundsIsAskedForAgainWithinThem(string bound, string asked)
    {
        await using var relay = new FakeRelay(lobby.Appliance.Server);
        await relay.AnswerAsync(await relay.AuthAsync(), 423, bound);
        Assert.Equal(asked, (await relay.AuthAsync())["Expires"]);
    }
}
