using OmaIm.Load.Traffic;
using OmaIm.Protocols.Msrp;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Traffic;

public sealed class SendQueueTests
{
    [Fact]
    public void TheClosedLoopKeepsItsWindowFull()
    {
        using var room = new FakeSwitch(new TrafficPlan { Window = 3, FailureReport = FailureReport.No }, members: 2);
        var sender = room.Ledger.Senders[0];
        room.Queue.Start();
        room.Queue.Turn();
        Assert.Equal((3, 3), (sender.Sent, sender.InFlight));

        room.Queue.Turn();
        Assert.Equal(3, sender.Sent);

        FakeSwitch.Deliver(room.Members[1], room.TakeRendered());
        room.Queue.Turn();
        Assert.Equal((6, 3), (sender.Sent, sender.InFlight));
    }

    [Fact]
    public void NothingIsSentBeforeTheStartAndAfterTheStop()
    {
        using var room = new FakeSwitch(new TrafficPlan { FailureReport = FailureReport.No }, members: 2);
        room.Queue.Turn();
        Assert.Empty(room.TakeRendered());

        room.Queue.Start();
        room.Queue.Turn();
        room.Queue.Stop();
        FakeSwitch.Deliver(room.Members[1], room.TakeRendered());
        room.Queue.Turn();

        Assert.Empty(room.TakeRendered());
        Assert.Equal(1, room.Ledger.Senders[0].Sent);
    }

    [Fact]
    public void TheOpenLoopSendsWhatIsDueWhateverBecameOfTheRest()
    {
        using var room = new FakeSwitch(new TrafficPlan { Rate = 1e6, FailureReport = FailureReport.No }, members: 2);
        room.Queue.Start();
        while (room.Ledger.Faults.Overdue == 0)
        {
            // A million messages a second, and none of them arrives: the 64 that may be in flight are soon spent.
            room.Queue.Turn();
        }

        Assert.Equal(64, room.Ledger.Senders[0].Sent);
    }
}
