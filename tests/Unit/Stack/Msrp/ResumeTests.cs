using OmaIm.Stack.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Msrp;

/// <summary>A message whose connection was lost is sent again in the session that replaces the lost one.</summary>
[Trait("Section", "RFC 4975 5.4")]
public sealed class ResumeTests : SessionTestBase
{
    private readonly List<int> _results = [];

    public ResumeTests()
        : base(MsrpBench.Options with { ChunksInFlight = 4 })
    {
    }

    [Fact]
    public void ItIsSentAgainWholeUnderItsMessageId()
    {
        var (message, before) = LoseConnection(answered: [0, 1, 3]);
        Assert.Equal([OutgoingMessage.ConnectionLost], _results);

        var second = BoundPeer(new RecordingOwner());
        second.Session.Send(message.Again());
        var chunks = second.Take();
        Assert.Equal("1-100/450 101-200/450 201-300/450 301-400/450", string.Join(' ', chunks.Select(static chunk => chunk.ByteRange)));
        Assert.All(chunks, chunk => Assert.Equal(before, chunk.MessageId));
    }

    private (OutgoingMessage Message, string? MessageId) LoseConnection(int[] answered)
    {
        var peer = BoundPeer();
        var message = new OutgoingMessage("text/plain", new byte[450]) { ChunkSize = 100, Completed = (_, status) => _results.Add(status) };
        peer.Session.Send(message);
        var chunks = peer.Take();
        foreach (var index in answered)
        {
            peer.Respond(chunks[index]);
        }

        peer.Session.CloseNow(MsrpCloseReason.TransportError);
        Bench.Run();
        return (message, chunks[0].MessageId);
    }
}
