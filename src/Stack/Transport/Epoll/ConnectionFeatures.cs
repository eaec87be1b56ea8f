using System.Collections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace OmaIm.Stack.Transport.Epoll;

/// <summary>
/// The features of one connection. There are about ten, asked for while the connection begins and ends: a short array instead of the
/// framework's dictionary, which would be the largest object of an idle connection.
/// </summary>
/// <param name="connection">Implements the features of <see cref="OfConnection"/>.</param>
internal sealed class ConnectionFeatures(object connection) : IFeatureCollection
{
    private const int Step = 4;

    private static readonly Type[] OfConnection =
    [
        typeof(IConnectionIdFeature),
        typeof(IConnectionItemsFeature),
        typeof(IConnectionTransportFeature),
        typeof(IConnectionEndPointFeature),
        typeof(IConnectionLifetimeFeature),
    ];

    // What others have set, null for a feature that was taken away.
    private KeyValuePair<Type, object?>[] _set = [];
    private int _count;

    public bool IsReadOnly => false;

    public int Revision { get; private set; }

    public object? this[Type key]
    {
        get => IndexOf(key) is var index and >= 0 ? _set[index].Value : OfConnection.Contains(key) ? connection : null;
        set
        {
            Revision++;
            var index = IndexOf(key);
            if (index < 0)
            {
                index = _count++;
                if (index == _set.Length)
                {
                    Array.Resize(ref _set, index + Step);
                }
            }

            _set[index] = new(key, value);
        }
    }

    public TFeature? Get<TFeature>() => (TFeature?)this[typeof(TFeature)];

    public void Set<TFeature>(TFeature? instance) => this[typeof(TFeature)] = instance;

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator()
    {
        var keys = OfConnection.Concat(_set[.._count].Select(static pair => pair.Key)).Distinct();
        return keys.Where(key => this[key] is not null).Select(key => new KeyValuePair<Type, object>(key, this[key]!)).GetEnumerator();
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int IndexOf(Type key)
    {
        for (var index = 0; index < _count; index++)
        {
            if (_set[index].Key == key)
            {
                return index;
            }
        }

        return -1;
    }
}
