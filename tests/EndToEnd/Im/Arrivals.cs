using System.Threading.Channels;

namespace OmaIm.Tests.EndToEnd.Im;

/// <summary>What a handler was given, to be awaited.</summary>
internal sealed class Arrivals<T>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<T> _items = Channel.CreateUnbounded<T>();

    public void Add(T item) => _items.Writer.TryWrite(item);

    public Task<T> NextAsync() => _items.Reader.ReadAsync().AsTask().WaitAsync(Patience);
}
