using Xunit;

namespace OmaIm.Tests.Unit.Switch.Relay;

/// <summary>Connections that carry several sessions (RFC 4975 section 5.4), of one loop or of two.</summary>
[Trait("Section", "RFC 4975 5.4")]
public sealed class SharedConnectionTests : RelayTestBase
{
    public SharedConnectionTests() => Bench = new RelayBench(loops: 2);

    [Theory]
    [InlineData(5)]
    [InlineData(300_000)]
    public void ASecondSessionOnTheSameConnectionsMayBelongToAnotherLoop(int size)
    {
        var route = Bench.Create();
        Assert.NotEqual(Bench.Route.Loop, route.Loop);
        var (here, there) = (Bench.Attach(route.First, Alice.Connection), Bench.Attach(route.Second, Bob.Connection));
        RelayBench.Bind(here);
        RelayBench.Bind(there);
        here.Send("Msg00001", new string('x', size), headers: "Success-Report: yes");
        var frames = Bob.Take();
        Assert.Equal(size, frames.Sum(static frame => frame.Body!.Length));
        Assert.Equal(200, Alice.TakeOne().StatusCode);
        there.Respond(frames[0], 400);
        Assert.Equal("REPORT", Alice.TakeOne().Method);
        there.Request("REPORT", "Message-ID: Msg00001", "Status: 000 200 OK");
        Assert.Equal("000 200 OK", Alice.TakeOne()["Status"]);
        Relay("Msg00001", "the first session");
    }

    [Fact]
    public void SessionsThatAreBoundInAnyOrderDoNotWaitForEachOther()
    {
        var route = Bench.Create();
        var another = Bench.Create();
        var (here, there) = (Bench.Attach(route.First, Alice.Connection), Bench.Attach(another.First, Alice.Connection));
        var (far, farther) = (Bench.Attach(route.Second, Bob.Connection), Bench.Attach(another.Second, Bob.Connection));
        here.Bind();
        farther.Bind();
        there.Bind();
        far.Bind();
        Assert.Equal(6, Bench.Events.Count);
    }
}
