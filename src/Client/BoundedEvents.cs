using System.Threading.Channels;

namespace OmaIm.Client;

/// <summary>
/// The bounded queue between the loops, which never wait, and a reader, who may. When the reader is behind by
/// <paramref name="capacity"/> events or <paramref name="byteCapacity"/> bytes of content, what comes then is dropped, and the place of
/// the gap is marked. The last event is never dropped.
/// </summary>
internal class BoundedEvents<TEvent>(int capacity, long byteCapacity, Func<TEvent, int> sizeOf, Func<int, TEvent> gap) : ChannelReader<TEvent>
{
    private readonly Channel<TEvent> _channel = Channel.CreateUnbounded<TEvent>();
    private readonly Lock _writing = new();
    private int _waiting;
    private long _waitingBytes;
    private int _dropped;

    public override Task Completion => _channel.Reader.Completion;

    public override bool CanCount => true;

    public override int Count => Volatile.Read(ref _waiting);

    /// <summary>Called on either loop. False when there is no room, or no reader any more: nobody will see the event.</summary>
    public bool Write(TEvent item)
    {
        lock (_writing)
        {
            var size = sizeOf(item);
            var waitingBytes = Interlocked.Read(ref _waitingBytes);
            if (Volatile.Read(ref _waiting) >= capacity || (waitingBytes > 0 && waitingBytes + size > byteCapacity))
            {
                _dropped++;
                return false;
            }

            return Append(item, size);
        }
    }

    public void Complete(TEvent last)
    {
        lock (_writing)
        {
            Append(last, size: 0);
            _channel.Writer.TryComplete();
        }
    }

    public override bool TryRead(out TEvent item)
    {
        if (!_channel.Reader.TryRead(out item!))
        {
            return false;
        }

        Interlocked.Decrement(ref _waiting);
        Interlocked.Add(ref _waitingBytes, -sizeOf(item));
        return true;
    }

    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) =>
        _channel.Reader.WaitToReadAsync(cancellationToken);

    private bool Append(TEvent item, int size)
    {
        if (_dropped > 0)
        {
            Count(gap(_dropped), 0);
            _dropped = 0;
        }

        return Count(item, size);

        bool Count(TEvent counted, int bytes)
        {
            if (!_channel.Writer.TryWrite(counted))
            {
                return false;
            }

            Interlocked.Increment(ref _waiting);
            Interlocked.Add(ref _waitingBytes, bytes);
            return true;
        }
    }
}
