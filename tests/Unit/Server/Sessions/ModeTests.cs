using System.Net;
using System.Text;
using OmaIm.Protocols.Sdp;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Server.Sessions;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Server.Sessions;

/// <summary>Messages from client to client.</summary>
public sealed class ModeTests : SessionBench
{
    public ModeTests()
        : base(new SessionOptions { Mode = SessionMode.Direct })
    {
    }

    [Fact]
    public void DirectlyTheDescriptionsPassUntouched()
    {
        var bob = Registered("bob");
        var (alice, callee) = Established(bob, Sdp(more: "a=x-own:1\r\n"), Sdp("bob", "active"));
        Assert.Equal((Sdp(more: "a=x-own:1\r\n"), Sdp("bob", "active")), (callee.Description, alice.Description));
        Server.Advance(TimeSpan.FromSeconds(60));
        Assert.False(alice.IsEndedByServer);
        alice.Send(SipMethod.Bye);
        Assert.True(callee.IsEndedByServer);
    }

    [Fact]
    public void DirectlyEveryOfferIsAnsweredByTheOtherSide()
    {
        var bob = Registered("bob");
        var (alice, _) = Established(bob);
        var offer = alice.Request(SipMethod.Invite);
        offer.SetBody("application/sdp", Encoding.UTF8.GetBytes(Sdp("alice2")));
        Server.Receive(offer, Alice.Flow);
        Assert.Equal(Sdp("alice2"), Body(Received(bob, SipMethod.Invite).Last()));
        bob.Respond(Received(bob, SipMethod.Invite).Last(), 200, Sdp("bob2", "active"));
        Server.Run();
        Assert.Equal(Sdp("bob2", "active"), Body(Alice.ResponseTo(offer)!));
    }

    [Theory]
    [Trait("Section", "RFC 3323 5.2")]
    [InlineData("id", true)]
    [InlineData("none", false)]
    public void WhoDoesNotSayHisNameDoesNotShowWhereHeIs(string privacy, bool isAnchored)
    {
        var bob = Registered("bob");
        Call(sdp: Sdp(host: "192.0.2.77"), headers: (SipHeaderId.Privacy, privacy));
        Assert.Equal(!isAnchored, Body(Invited(bob)).Contains("192.0.2.77", StringComparison.Ordinal));
    }

    // Who cannot be reached from where the other is needs the server.
    [Theory]
    [InlineData("10.0.0.1", "10.0.0.1", 4_000, "actpass", "10.0.0.2", "10.0.0.2", true)]
    [InlineData("10.0.0.1", "10.0.0.1", 9, "active", "10.0.0.2", "10.0.0.2", true)]
    [InlineData("10.0.0.1", "10.0.0.1", 9, "actpass", "10.0.0.2", "10.0.0.2", false)]
    [InlineData("198.51.100.1", "10.0.0.1", 4_000, "actpass", "198.51.100.2", "198.51.100.2", false)]
    [InlineData("198.51.100.1", "198.51.100.1", 4_000, "actpass", "198.51.100.2", "10.0.0.2", false)]
    [InlineData("198.51.100.1", "198.51.100.1", 4_000, "actpass", "10.0.0.2", "10.0.0.2", false)]
    [InlineData("127.0.0.1", "127.0.0.1", 4_000, "actpass", "10.0.0.2", "10.0.0.2", false)]
    [InlineData("10.0.0.1", "10.0.0.1", 4_000, "actpass", "fd00::2", "[fd00::2]", false)]
    public void TheRuleOfAuto(string callerFrom, string callerSays, int port, string setup, string calleeFrom, string calleeSays, bool isDirect)
    {
        Assert.True(SessionDescription.TryParse(Encoding.UTF8.GetBytes(Sdp(setup: setup, port: port, host: callerSays)), out var offer));
        var contact = new RegisteredContact(SipUri.Parse($"sip:bob@{calleeSays}:5062"), Flow(calleeFrom), 1, new FeatureSet(SipParameters.Empty));
        Assert.Equal(isDirect, Reachability.IsMutual(Flow(callerFrom), offer, [contact]));
    }

    private static MemoryFlow Flow(string remote) =>
        new(SipProtocol.Tcp, new IPEndPoint(IPAddress.Loopback, 5060), new IPEndPoint(IPAddress.Parse(remote), 5062));
}
