using OmaIm.Client;
using Xunit;

namespace OmaIm.Tests.Unit.Client;

public sealed class EventQueueTests
{
    private static readonly Closed End = new("left", null);

    [Fact]
    public async Task EventsComeInOrderAndEndWithClosed()
    {
        var queue = new EventQueue(capacity: 10, byteCapacity: 1000);
        queue.Write(Message(1));
        queue.Write(new ConnectionLost("x"));
        queue.Complete(End);
        Assert.Equal([Message(1), new ConnectionLost("x"), End], await ReadAllAsync(queue), SameKind);
        Assert.True(queue.Completion.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task AGapIsMarkedWhereItIs()
    {
        var queue = new EventQueue(capacity: 2, byteCapacity: 1000);
        for (var i = 0; i < 5; i++)
        {
            queue.Write(Message(i));
        }

        Assert.True(queue.TryRead(out _));
        queue.Write(new Rejoined(TimeSpan.Zero));
        queue.Complete(End);
        var rest = await ReadAllAsync(queue);
        Assert.Collection(
            rest,
            first => Assert.IsType<MessageReceived>(first),
            second => Assert.Equal(new EventsDropped(3), second),
            third => Assert.IsType<Rejoined>(third),
            fourth => Assert.Same(End, fourth));
    }

    [Fact]
    public async Task TheBytesOfContentAreBoundedToo()
    {
        var queue = new EventQueue(capacity: 100, byteCapacity: 10);
        Assert.True(queue.Write(Message(6)));
        Assert.False(queue.Write(Message(6)));
        queue.Complete(End);
        Assert.Collection(
            await ReadAllAsync(queue),
            first => Assert.IsType<MessageReceived>(first),
            second => Assert.Equal(new EventsDropped(1), second),
            third => Assert.Same(End, third));
    }

    [Fact]
    public void OneLargeMessageAlwaysFits()
    {
        var queue = new EventQueue(capacity: 100, byteCapacity: 10);
        queue.Write(Message(50));
        Assert.True(queue.TryRead(out var large));
        Assert.Equal(50, ((MessageReceived)large).Content.Length);
        queue.Write(Message(50));
        Assert.True(queue.TryRead(out _));
    }

    [Fact]
    public void TheEndIsNeverDropped()
    {
        var queue = new EventQueue(capacity: 1, byteCapacity: 10);
        queue.Write(Message(1));
        queue.Complete(End);
        Assert.False(queue.Write(Message(1)));
        Assert.True(queue.TryRead(out _));
        Assert.True(queue.TryRead(out var last));
        Assert.Same(End, last);
        Assert.False(queue.TryRead(out _));
        Assert.Equal(0, queue.Count);
    }

    private static async Task<List<RoomEvent>> ReadAllAsync(EventQueue queue)
    {
        var events = new List<RoomEvent>();
        await foreach (var roomEvent in queue.ReadAllAsync())
        {
            events.Add(roomEvent);
        }

        return events;
    }

    private static bool SameKind(RoomEvent left, RoomEvent right) => left.GetType() == right.GetType();

    private static MessageReceived Message(int length) =>
        new("sip:bob@localhost", "bob", "sip:lobby@rooms.localhost", false, null, "text/plain", new byte[length]);
}
