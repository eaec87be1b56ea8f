using OmaIm.Protocols.Msrp;
using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>A session that reaches its peer through a relay (RFC 4976): AUTH first, then paths of several URIs.</summary>
public sealed class RelaySessionTests : SessionTestBase
{
    private const string Relay = "msrp://relay.test:2855;tcp";
    private const string UsePath = "msrp://relay.test:2855/s.1;tcp";

    [Fact]
    [Trait("Section", "RFC 4976 5.1")]
    public void AuthGoesToTheRelayAloneAndItsAnswerIsHeard()
    {
        var peer = AtRelay();
        (int Status, string UsePath) heard = default;
        peer.Session.SendAuth(Relay, 600, "Digest x", (int status, in MsrpFrame answer) => heard = (status, MsrpText.Text(answer[MsrpHeaderId.UsePath])));
        var request = peer.TakeOne();
        Assert.Equal(("AUTH", Relay, peer.SessionPath), (request.Method, request.ToPath, request.FromPath));
        Assert.Equal(("600", "Digest x"), (request["Expires"], request["Authorization"]));

        peer.Connection.Receive(MsrpText.Response(request.TransactionId, 200, peer.SessionPath, Relay)
            .Replace("-------", $"Use-Path: {UsePath}\r\n-------", StringComparison.Ordinal));
        Bench.Run();
        Assert.Equal((200, UsePath), heard);
        Assert.Empty(Owner.Events);
    }

    [Fact]
    [Trait("Section", "RFC 4975 7.1.1")]
    public void AnAuthWithoutAnswerEndsAfterItsTime()
    {
        var peer = AtRelay();
        var heard = -1;
        peer.Session.SendAuth(Relay, null, null, (int status, in MsrpFrame _) => heard = status);
        peer.TakeOne();
        peer.Connection.Receive("\r\n");
        Bench.Run(Bench.Loop.Options.Transaction + TimeSpan.FromSeconds(2));
        Assert.Equal(OutgoingMessage.TimedOut, heard);
    }

    [Fact]
    [Trait("Section", "RFC 4976 5.2")]
    public void BehindTheRelayThePathsHaveTwoHops()
    {
        var peer = AtRelay();
        peer.Session.RemotePath = UsePath + " " + PeerPath;
        peer.Session.BindOverRelay();
        var binding = peer.TakeOne();
        Assert.Equal(UsePath + " " + PeerPath, binding.ToPath);

        // The relay answers for itself, with its own URI alone.
        peer.Connection.Receive(MsrpText.Response(binding.TransactionId, 200, peer.SessionPath, UsePath));
        Bench.Run();
        Assert.Equal(["bound"], Owner.Events);
    }

    [Theory]
    [InlineData(UsePath + " " + PeerPath, true)]
    [InlineData("msrp://other.test:99/s.1;tcp msrp://10.0.0.1:1/k3jd8Hs0aa;tcp", true)] // hosts may differ at every hop
    [InlineData(PeerPath, false)]
    [InlineData(UsePath, false)]
    [InlineData(UsePath + " msrp://198.51.100.7:9/another;tcp", false)]
    [InlineData("msrp://relay.test:2855/s.2;tcp " + PeerPath, false)]
    [InlineData(UsePath + " " + PeerPath + " " + PeerPath, false)]
    [Trait("Section", "RFC 4975 7.3")]
    public void AFromPathIsComparedHopByHop(string fromPath, bool isPeer)
    {
        var peer = AtRelay();
        peer.Session.RemotePath = UsePath + " " + PeerPath;
        Bench.Run();
        peer.Connection.Receive(MsrpText.Request("SEND", "hops1", peer.SessionPath, fromPath, "Message-ID: mess1"));
        var answer = peer.TakeOne();
        Assert.Equal(isPeer ? 200 : 481, answer.StatusCode);
        Assert.Equal(fromPath.Split(' ')[0], answer.ToPath);
    }

    private MsrpPeer AtRelay()
    {
        var peer = Peer();
        peer.Session.AttachToRelay(peer.Connection);
        Bench.Run();
        return peer;
    }
}
