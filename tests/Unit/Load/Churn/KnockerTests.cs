using System.Net;
using System.Net.Sockets;
using OmaIm.Load.Churn;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Churn;

public sealed class KnockerTests
{
    [Fact]
    public async Task ItConnectsFromManyAddressesAndCloses()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var knocker = new Knocker((IPEndPoint)listener.LocalEndpoint, rate: 10_000);
        knocker.Start();

        var sources = new HashSet<IPAddress>();
        for (var count = 0; count < 20; count++)
        {
            using var visitor = await listener.AcceptSocketAsync();
            sources.Add(((IPEndPoint)visitor.RemoteEndPoint!).Address);
            Assert.Equal(0, await visitor.ReceiveAsync(new byte[1]));
        }

        knocker.Stop();
        Assert.Equal(20, sources.Count);
        Assert.True(knocker.Made >= 20);
        Assert.Equal(0, knocker.Failed);
    }

    [Fact]
    public void WhereNobodyListensItCountsFailures()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var target = (IPEndPoint)listener.LocalEndpoint;
        listener.Stop();
        using var knocker = new Knocker(target, rate: 10_000);

        knocker.Start();
        Assert.True(SpinWait.SpinUntil(() => knocker.Failed > 0, TimeSpan.FromSeconds(30)));
        knocker.Stop();
        Assert.NotNull(knocker.FirstFailure);
        Assert.Equal(0, knocker.Made);
    }
}
