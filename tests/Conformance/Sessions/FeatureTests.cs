using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance.Sessions;

/// <summary>Whether what a caller asks for and what a contact says of itself can be true at once (RFC 2533 section 5).</summary>
public sealed class FeatureTests(Lobby lobby) : IClassFixture<Lobby>
{
    [Theory]
    [InlineData("+x.size=\"#1:10\"", "+x.size=\"#>=5\"", true)]
    [InlineData("+x.size=\"#1:10\"", "+x.size=\"#=11\"", false)]
    [InlineData("+x.size=\"#<=3\"", "+x.size=\"#>=5\"", false)]
    [InlineData("+x.size=\"#>=5\"", "+x.size=\"#<=3\"", false)]
    [InlineData("+x.kind=\"a,b\"", "+x.kind=\"B\"", true)]
    [InlineData("+x.kind=\"a,b\"", "+x.kind=\"c\"", false)]
    [InlineData("+x.kind=\"a\"", "+x.kind=\"!a\"", false)]
    [InlineData("+x.kind=\"!a\"", "+x.kind=\"c\"", true)]
    [InlineData("+x.name=\"<Big>\"", "+x.name=\"<big>\"", false)]
    [InlineData("+x.other", "+x.kind=\"a\"", true)]
    [Trait("Section", "RFC 2533 5")]
    public async Task AContactMatchesWhatCanBeTrueOfBoth(string stated, string wanted, bool isMatch)
    {
        await using var bob = await WireUser.RegisteredAsync(lobby.Appliance.Host.SipTcp, "bob", ";" + stated);
        await using var alice = await lobby.ConnectAsync("alice");
        var sending = alice.RequestAsync("MESSAGE", bob.Address, $"Accept-Contact: *;{wanted};require\r\nContent-Type: text/plain\r\n", "is it you?");
        if (isMatch)
        {
            await bob.RespondAsync(await bob.IncomingAsync("MESSAGE"), 200, "OK", tag: "b1");
        }

        Assert.Equal(isMatch ? 200 : 480, (await sending).Status);
    }
}
