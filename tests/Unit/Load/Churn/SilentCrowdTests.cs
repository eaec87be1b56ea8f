using System.Net;
using System.Net.Sockets;
using OmaIm.Load.Churn;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Churn;

public sealed class SilentCrowdTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task AllComeAndItIsOverWhenTheServerHasClosedThem()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var crowd = new SilentCrowd(("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port), size: 3, rate: 1000);
        crowd.Start();
        var accepted = new List<TcpClient>();
        for (var i = 0; i < 3; i++)
        {
            accepted.Add(await listener.AcceptTcpClientAsync().WaitAsync(Patience));
        }

        Assert.False(crowd.IsOver);
        Assert.False(listener.Pending());
        accepted.ForEach(static peer => peer.Dispose());
        Assert.True(SpinWait.SpinUntil(() => crowd.IsOver, Patience));
        Assert.Equal(3, crowd.ClosedAfterSeconds.Count);
        Assert.Null(crowd.Failure);
    }

    [Fact]
    public void ThatNobodyListensIsSaid()
    {
        using var crowd = new SilentCrowd(("127.0.0.1", 1), size: 3, rate: 1000);
        crowd.Start();
        Assert.True(SpinWait.SpinUntil(() => crowd.IsOver && crowd.Failure is not null, Patience));
        Assert.Empty(crowd.ClosedAfterSeconds);
    }
}
