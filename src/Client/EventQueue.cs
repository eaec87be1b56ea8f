using System.Threading.Channels;

namespace OmaIm.Client;

/// <summary>
/// The bounded queue between the loops, which never wait, and a reader, who may. When the reader is behind by
/// <paramref name="capacity"/> events or <paramref name="byteCapacity"/> bytes of content, what comes then is dropped, and the place of
/// the gap is marked by one <see cref="EventsDropped"/>. The <see cref="Closed"/> at the end is never dropped.
/// </summary>
internal sealed class EventQueue(int capacity, long byteCapacity) : ChannelReader<RoomEvent>
{
    private readonly Channel<RoomEvent> _channel = Channel.CreateUnbounded<RoomEvent>();
    private readonly Lock _writing = new();
    private int _waiting;
    private long _waitingBytes;
    private int _dropped;

    public override Task Completion => _channel.Reader.Completion;

    public override bool CanCount => true;

    public override int Count => Volatile.Read(ref _waiting);

    /// <summary>Called on either loop.</summary>
    public void Write(RoomEvent roomEvent)
    {
        lock (_writing)
        {
            var size = SizeOf(roomEvent);
            var waitingBytes = Interlocked.Read(ref _waitingBytes);
            if (Volatile.Read(ref _waiting) >= capacity || (waitingBytes > 0 && waitingBytes + size > byteCapacity))
            {
                _dropped++;
                return;
            }

            Append(roomEvent, size);
        }
    }

    public void Complete(Closed last)
    {
        lock (_writing)
        {
            Append(last, size: 0);
            _channel.Writer.TryComplete();
        }
    }

    public override bool TryRead(out RoomEvent item)
    {
        if (!_channel.Reader.TryRead(out item!))
        {
            return false;
        }

        Interlocked.Decrement(ref _waiting);
        Interlocked.Add(ref _waitingBytes, -SizeOf(item));
        return true;
    }

    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) =>
        _channel.Reader.WaitToReadAsync(cancellationToken);

    private void Append(RoomEvent roomEvent, int size)
    {
        if (_dropped > 0)
        {
            Count(new EventsDropped(_dropped), 0);
            _dropped = 0;
        }

        Count(roomEvent, size);

        void Count(RoomEvent item, int bytes)
        {
            if (_channel.Writer.TryWrite(item))
            {
                Interlocked.Increment(ref _waiting);
                Interlocked.Add(ref _waitingBytes, bytes);
            }
        }
    }

    private static int SizeOf(RoomEvent roomEvent) => roomEvent is MessageReceived message ? message.Content.Length : 0;
}
