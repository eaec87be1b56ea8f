using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging.Abstractions;
using OmaIm.Appliance.Connections;
using Xunit;

namespace OmaIm.Tests.Unit.Appliance.Connections;

public sealed class ConnectionLimitTests
{
    private readonly List<TaskCompletionSource> _open = [];

    [Fact]
    public async Task OneAddressGetsOnlyItsShareAndOthersStillEnter()
    {
        var run = Limit(inAll: 10, perAddress: 2);

        var first = run(From("192.0.2.1"));
        _ = run(From("192.0.2.1"));
        await AssertRefusedAsync(run, "192.0.2.1");
        await AssertRefusedAsync(run, "::ffff:192.0.2.1");
        _ = run(From("192.0.2.2"));
        Assert.Equal(3, _open.Count);

        _open[0].SetResult();
        await first;
        _ = run(From("192.0.2.1"));
        Assert.Equal(4, _open.Count);
    }

    [Fact]
    public async Task TheTotalHoldsForEverybody()
    {
        var run = Limit(inAll: 2, perAddress: 2);
        _ = run(From("192.0.2.1"));
        _ = run(From("192.0.2.2"));

        await AssertRefusedAsync(run, "192.0.2.3");
    }

    [Fact]
    public async Task AnIPv6SiteCountsAsOneAddress()
    {
        var run = Limit(inAll: 10, perAddress: 1);
        _ = run(From("2001:db8:1:2::1"));

        await AssertRefusedAsync(run, "2001:db8:1:2:ffff::1");
        _ = run(From("2001:db8:1:3::1"));
        Assert.Equal(2, _open.Count);
    }

    [Fact]
    public async Task APeerThatBreaksTheConnectionIsNoErrorAndFreesItsPlace()
    {
        var run = Limit(inAll: 1, perAddress: 1);
        var broken = run(From("192.0.2.1"));
        _open[0].SetException(new ConnectionResetException("reset"));
        await broken;

        _ = run(From("192.0.2.1"));
        Assert.Equal(2, _open.Count);
    }

    [Fact]
    public async Task OurOwnMistakeIsNotHidden()
    {
        var broken = Limit(inAll: 1, perAddress: 1)(From("192.0.2.1"));
        _open[0].SetException(new InvalidOperationException());

        await Assert.ThrowsAsync<InvalidOperationException>(() => broken);
    }

    private ConnectionDelegate Limit(int inAll, int perAddress) => new ConnectionLimit("test", inAll, perAddress, NullLogger.Instance).Around(_ =>
    {
        var open = new TaskCompletionSource();
        _open.Add(open);
        return open.Task;
    });

    private async Task AssertRefusedAsync(ConnectionDelegate run, string address)
    {
        var before = _open.Count;
        var connection = From(address);
        var aborted = new TaskCompletionSource();
        connection.ConnectionClosed.Register(aborted.SetResult);
        await run(connection);
        await aborted.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(before, _open.Count);
    }

    private static DefaultConnectionContext From(string address)
    {
        var connection = new DefaultConnectionContext(address) { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 1) };
        return connection;
    }
}
