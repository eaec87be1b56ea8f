using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>The answer that is known by comparison, and all that must not be taken for it.</summary>
public sealed class ExpectedAnswerTests : SessionTestBase
{
    private const string Id = "0123456789abcdef";

    [Fact]
    public void TheAnswerToADeliveryIsKnownWhole()
    {
        var peer = BoundPeer();
        var answer = MsrpText.Bytes(MsrpText.Response(Id, 200, peer.SessionPath, PeerPath).Replace("Comment", "OK", StringComparison.Ordinal));
        Assert.True(ExpectedAnswer.TryMatch([.. answer, 1, 2], peer.Session, out var length));
        Assert.Equal(answer.Length, length);
        for (var cut = 0; cut < answer.Length; cut++)
        {
            Assert.False(ExpectedAnswer.TryMatch(answer.AsSpan(0, cut), peer.Session, out _));
        }
    }

    [Fact]
    public void ADifferenceInAnyByteMakesItAnOrdinaryFrame()
    {
        var peer = BoundPeer();
        var answer = MsrpText.Bytes(MsrpText.Response(Id, 200, peer.SessionPath, PeerPath).Replace("Comment", "OK", StringComparison.Ordinal));
        for (var at = 0; at < answer.Length; at++)
        {
            var changed = answer.ToArray();
            changed[at] ^= 0x20;
            Assert.False(ExpectedAnswer.TryMatch(changed, peer.Session, out _), $"byte {at}");
        }
    }

    [Fact]
    public void ManyOfThemAreTakenAndCountedAndWhatComesBehindIsRead()
    {
        var peer = BoundPeer();
        var before = Bench.Statistics.FramesReceived;
        var answer = MsrpText.Response(Id, 200, peer.SessionPath, PeerPath).Replace("Comment", "OK", StringComparison.Ordinal);
        peer.Connection.Receive(answer + answer + answer[..40]);
        Bench.Run();
        peer.Connection.Receive(answer[40..]);
        peer.Send("1234", "text");
        Assert.Equal(200, peer.TakeOne().StatusCode);
        Assert.Equal(before + 4, Bench.Statistics.FramesReceived);
    }

    [Fact]
    public void AnAnswerThatSomebodyWaitsForReachesHim()
    {
        var peer = BoundPeer();
        var status = 0;
        peer.Session.Send(OutgoingMessage.Binding(code => status = code));
        Bench.Run();
        peer.Respond(peer.TakeOne());
        Assert.Equal(OutgoingMessage.Delivered, status);
    }

    [Theory]
    [InlineData(481)]
    [InlineData(506)]
    public void AnAnswerThatTheSessionIsGoneEndsIt(int code)
    {
        var peer = BoundPeer();
        peer.Connection.Receive(MsrpText.Response(Id, code, peer.SessionPath, PeerPath));
        Bench.Run();
        Assert.Contains($"closed {MsrpCloseReason.SessionRefused}", Owner.Events);
    }
}
