using System.Collections.Concurrent;

namespace OmaIm.Tests.Unit.Client.Pager;

/// <summary>What a handler on a thread of the pool was given.</summary>
internal sealed class BlockingList<T>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly BlockingCollection<T> _items = [];

    public int Count => _items.Count;

    public void Add(T item) => _items.Add(item);

    /// <summary>The next one, which may still be on its way.</summary>
    public T Next() => _items.TryTake(out var item, Patience) ? item : throw new TimeoutException("Nothing came.");
}
