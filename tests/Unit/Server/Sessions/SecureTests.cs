using OmaIm.Server.Core;
using OmaIm.Tests.Unit.Server.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Sessions;

/// <summary>MSRP over TLS: both sides of a session that was offered with it have it.</summary>
public sealed class SecureTests : SessionBench
{
    public SecureTests()
        : base(new SessionOptions(), isSecure: true)
    {
    }

    [Theory]
    [InlineData("TCP/TLS/MSRP", "msrps://127.0.0.1:2856/")]
    [InlineData("TCP/MSRP", "msrp://127.0.0.1:2855/")]
    public void BothSidesHaveWhatTheCallerOffers(string protocol, string path)
    {
        var bob = Registered("bob");
        var (alice, callee) = Established(bob, Sdp(protocol: protocol), Sdp("bob", "active", protocol));
        Assert.StartsWith(path, Attribute(alice.Description, "path"), StringComparison.Ordinal);
        Assert.StartsWith(path, Attribute(callee.Description, "path"), StringComparison.Ordinal);
        Assert.Contains($" {protocol} ", callee.Description, StringComparison.Ordinal);
    }

    // Whom a client's certificate belongs to, nobody could tell.
    [Fact]
    public void OverTlsTheServerDoesNotConnectOut()
    {
        Registered("bob");
        Assert.Equal(488, Alice.Call(ScriptedSession.Invite(Alice, BobAor, Sdp(setup: "passive", protocol: "TCP/TLS/MSRP"))).StatusCode);
    }
}
