using Microsoft.AspNetCore.Connections.Features;
using OmaIm.Stack.Transport.Epoll;
using Xunit;

namespace OmaIm.Tests.Unit.Stack.Transport;

public sealed class ConnectionFeaturesTests
{
    private readonly object _connection = new();
    private readonly ConnectionFeatures _features;

    public ConnectionFeaturesTests() => _features = new ConnectionFeatures(_connection);

    [Fact]
    public void TheConnectionIsItsOwnFeatureUntilAnotherTakesThePlace()
    {
        var other = new object();

        Assert.Same(_connection, _features[typeof(IConnectionIdFeature)]);
        _features[typeof(IConnectionIdFeature)] = other;
        Assert.Same(other, _features[typeof(IConnectionIdFeature)]);
        Assert.Same(_connection, _features[typeof(IConnectionTransportFeature)]);
    }

    [Fact]
    public void WhatIsSetIsFoundHoweverManyThereAre()
    {
        Type[] types = [typeof(int), typeof(long), typeof(string), typeof(byte), typeof(char), typeof(short), typeof(decimal), typeof(double), typeof(float)];
        foreach (var type in types)
        {
            _features[type] = type.Name;
        }

        Assert.All(types, type => Assert.Equal(type.Name, _features[type]));
        Assert.Null(_features[typeof(uint)]);
        Assert.Equal(types.Length, _features.Revision);
        Assert.Equal(types.Length + 5, _features.Count());
    }

    [Fact]
    public void AFeatureThatIsTakenAwayIsGone()
    {
        _features.Set<string>("here");
        Assert.Equal("here", _features.Get<string>());

        _features.Set<string>(null);

        Assert.Null(_features.Get<string>());
        Assert.DoesNotContain(_features, static pair => pair.Key == typeof(string));
    }
}
