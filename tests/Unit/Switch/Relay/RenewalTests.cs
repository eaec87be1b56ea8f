using OmaIm.Tests.Support;
using OmaIm.Tests.Unit.Stack.Msrp;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Relay;

/// <summary>
/// A leg is renewed while its former session is alive. The peer's first frame to the new one may be read before the end of the former, which
/// is posted: a relay's connection stands already.
/// </summary>
public sealed class RenewalTests : RelayTestBase
{
    private const string Path = "msrp://198.51.100.7:9/renewed;tcp";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatWasOnItsWayToTheFormerSessionIsReported(bool isReadBefore)
    {
        Alice.Send("Msg00001", "hello");
        Alice.Take();
        Renew(isReadBefore);
        IsReport(Assert.Single(Alice.Take()), "Msg00001", "1-5/*", 408);
        Assert.True(Bob.Connection.IsClosed);
        Assert.Equal(["first bound", "second bound", "second bound"], Bench.Events);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ItIsStillHeldUpByASlowReceiver(bool isReadBefore)
    {
        Alice.Connection.Block();
        Bob.Send("Msg00001", new string('x', 1000));
        Assert.True(Bob.Connection.IsPaused);
        var connection = Renew(isReadBefore);
        Alice.Connection.Unblock();
        Alice.Take();
        Alice.Connection.Block();
        connection.Receive(MsrpText.Send("abcd", Bench.Route.Second.Session.LocalPath, Path, "Msg00002", new string('x', 1_000_000)));
        Bench.Msrp.Run();
        Assert.True(connection.IsPaused);
        Assert.False(Alice.Connection.IsClosed);
    }

    private MsrpMemoryConnection Renew(bool isReadBefore)
    {
        var connection = Bench.Msrp.Connect();
        if (isReadBefore)
        {
            WhileTheLoopReads(() => RenewOver(connection));
        }
        else
        {
            RenewOver(connection);
        }

        Bench.Msrp.Run();
        Assert.Equal(200, connection.TakeFrames()[0].StatusCode);
        return connection;
    }

    private void RenewOver(MsrpMemoryConnection connection)
    {
        var session = Bench.Route.Second.Renew();
        session.RemotePath = Path;
        connection.Receive(MsrpText.Request("SEND", "bind", session.LocalPath, Path, "Message-ID: bind0001"));
    }

    // What another thread does then and posts runs only when what has come by then is read.
    private void WhileTheLoopReads(Action action)
    {
        var session = Bench.Msrp.Endpoint.CreateSession(new RecordingOwner { Answered = _ => action() });
        session.RemotePath = "msrp://198.51.100.7:9/other;tcp";
        new MsrpPeer(Bench.Msrp, session, Bench.Msrp.Connect(), session.RemotePath).Bind();
    }
}
