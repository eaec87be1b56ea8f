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

    // Whom a certificate belongs to that is not named, nobody could tell.
    [Theory]
    [Trait("Section", "RFC 4975 14.4")]
    [InlineData("")]
    [InlineData("a=fingerprint:sha-1 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33\r\n")]
    public void OverTlsTheServerConnectsToNobodyWhoNamesNoCertificate(string fingerprint)
    {
        Registered("bob");
        Assert.Equal(488, Alice.Call(ScriptedSession.Invite(Alice, BobAor, Sdp(setup: "passive", protocol: "TCP/TLS/MSRP", more: fingerprint))).StatusCode);
    }

    [Fact]
    [Trait("Section", "RFC 4975 14.4")]
    public void OverTlsTheServerConnectsToWhoNamesHisCertificate()
    {
        var fingerprint = "a=fingerprint:SHA-256 " + string.Join(':', Enumerable.Repeat("0f", 32)) + "\r\n";
        var (alice, callee) = Established(
            Registered("bob"), Sdp(setup: "passive", protocol: "TCP/TLS/MSRP", more: fingerprint), Sdp("bob", "active", "TCP/TLS/MSRP"));
        Assert.Equal("active", Attribute(alice.Description, "setup"));
        Assert.Null(Attribute(callee.Description, "fingerprint"));
    }
}
