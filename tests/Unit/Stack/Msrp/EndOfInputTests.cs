using OmaIm.Protocols.Msrp;
using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using OmaIm.Tests.Unit.Protocols.Msrp;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>What a close means, wherever it comes, and what lost framing does to a connection.</summary>
public sealed class EndOfInputTests : SessionTestBase
{
    public static TheoryData<string> Refused => [.. MsrpVectors.All.Where(static vector => vector.Rejection != MsrpRejection.None).Select(static vector => vector.Name)];

    [Theory]
    [MemberData(nameof(MsrpVectors.Names), MemberType = typeof(MsrpVectors))]
    public void ACloseAtAnyOffsetIsCleanOnlyBetweenFrames(string name)
    {
        var bytes = MsrpVectors.Named(name).Bytes;
        var step = bytes.Length <= 1024 ? 1 : bytes.Length / 20;
        for (var length = 0; length <= bytes.Length; length += step)
        {
            using var bench = new MsrpBench(MsrpBench.Options with { Failures = int.MaxValue });
            var connection = bench.Connect();
            connection.Receive(bytes.AsSpan(0, length));
            connection.EndInput();
            bench.Run();
            Assert.True(connection.IsTransportClosed);
            var reading = MsrpReference.Read(bytes.AsSpan(0, length));
            var expected = reading switch
            {
                { Rejection: not MsrpRejection.None } => MsrpCloseReason.FramingError,
                { Unread: > 0 } => MsrpCloseReason.Truncated,
                _ => MsrpCloseReason.PeerClosed,
            };
            Assert.Equal(1, bench.Statistics.Closed(expected));
            Assert.Equal(expected == MsrpCloseReason.Truncated ? 1 : 0, bench.Statistics.Rejections(MsrpRejection.Truncated));
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void LostFramingIsAnsweredWhereItCanBeThenTheConnectionCloses(string name)
    {
        var vector = MsrpVectors.Named(name);
        var connection = Bench.Connect();
        connection.Receive(vector.Bytes);
        connection.Receive(MsrpText.Send("next", MsrpVectors.To, MsrpVectors.From, "1234", "must not be read"));
        Bench.Run();
        Assert.True(connection.IsTransportClosed);
        Assert.Equal(1, Bench.Statistics.Rejections(vector.Rejection));
        Assert.Equal(1, Bench.Statistics.Closed(MsrpCloseReason.FramingError));
        var answers = connection.TakeFrames();
        Assert.All(answers, static answer => Assert.True(answer.IsResponse));
        Assert.True(answers.Count - vector.Frames is 0 or 1);
        if (answers.Count > vector.Frames)
        {
            Assert.Equal((400, MsrpText.Text(vector.Rejection.Comment())), (answers[^1].StatusCode, answers[^1].Comment));
        }
    }

    [Fact]
    public void ARefusalBehindTheHeadersIsAnswered()
    {
        var peer = BoundPeer();
        peer.Connection.Receive(MsrpText.Send("abcd", peer.SessionPath, peer.Path, "1234", "text").Replace("abcd$", "abcd?", StringComparison.Ordinal));
        Assert.Equal((400, "Malformed end-line"), (peer.TakeOne().StatusCode, "Malformed end-line"));
        Assert.Equal(["closed FramingError"], Owner.Events);
    }

    [Fact]
    public void APeerThatClosesItsEndStillGetsItsAnswers()
    {
        var peer = BoundPeer();
        peer.Connection.Receive(MsrpText.Send("abcd", peer.SessionPath, peer.Path, "1234", "last words"));
        peer.Connection.EndInput();
        Bench.Run();
        Assert.Equal(200, Assert.Single(peer.Connection.TakeFrames()).StatusCode);
        Assert.Equal(["Send last words$", "closed PeerClosed"], Owner.Events);
    }

    [Fact]
    public void AChunkCutOffInItsBodyIsTruncated()
    {
        var peer = BoundPeer();
        peer.Connection.Receive(MsrpText.Send("abcd", peer.SessionPath, peer.Path, "1234", new string('x', 50_000))[..45_000]);
        peer.Connection.EndInput();
        Assert.Empty(peer.Take());
        Assert.Equal("closed Truncated", Owner.Events[^1]);
        Assert.DoesNotContain(Owner.Events, static heard => heard.EndsWith('$'));
    }
}
