using System.Text;
using OmaIm.Load.Traffic;
using OmaIm.Protocols.Msrp;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Traffic;

public sealed class TrafficLedgerTests
{
    private static readonly TrafficPlan Plan = new() { FailureReport = FailureReport.Partial, CheckEvery = 1 };

    [Fact]
    public void WhatComesToAllOthersOnceAndInOrderIsNoFault()
    {
        using var room = new FakeSwitch(Plan);
        for (var message = 0; message < 5; message++)
        {
            var frame = room.Say();
            FakeSwitch.Deliver(room.Members[1], frame);
            FakeSwitch.Deliver(room.Members[2], frame);
        }

        Assert.Equal(0, room.Faults.Total);
        Assert.Equal((10, 10, 10), (room.Ledger.Deliveries, room.Ledger.Compared, room.Ledger.Latencies.Count));
        Assert.Equal(0, room.Ledger.Senders[0].InFlight);
    }

    [Fact]
    public void WhatDoesNotComeIsMissing()
    {
        using var room = new FakeSwitch(Plan);
        FakeSwitch.Deliver(room.Members[1], room.Say());

        Assert.Equal((1, 1), (room.Faults.Missing, room.Faults.Total));
    }

    [Fact]
    public void WhatComesTwiceIsDoubled()
    {
        using var room = new FakeSwitch(Plan, members: 2);
        var frame = room.Say();
        FakeSwitch.Deliver(room.Members[1], frame);
        FakeSwitch.Deliver(room.Members[1], frame);

        Assert.Equal((1, 1), (room.Faults.Doubled, room.Faults.Total));
        Assert.Equal(1, room.Ledger.Deliveries);
    }

    [Fact]
    public void WhatIsOvertakenIsOutOfOrderButNotMissing()
    {
        using var room = new FakeSwitch(Plan, members: 2);
        var (first, second) = (room.Say(), room.Say());
        FakeSwitch.Deliver(room.Members[1], second);
        FakeSwitch.Deliver(room.Members[1], first);

        Assert.Equal((1, 1), (room.Faults.OutOfOrder, room.Faults.Total));
        Assert.Equal(2, room.Ledger.Deliveries);
        Assert.Equal(0, room.Ledger.Senders[0].InFlight);
    }

    [Fact]
    public void WhoJoinsInTheMiddleMustHearWhatIsSaidFromThereOn()
    {
        using var room = new FakeSwitch(Plan, members: 2);
        FakeSwitch.Deliver(room.Members[1], room.Say());
        room.Replace(1);
        var (second, third) = (room.Say(), room.Say());
        FakeSwitch.Deliver(room.Members[1], third);

        Assert.Equal((1, 1), (room.Faults.Missing, room.Faults.Total));
        FakeSwitch.Deliver(room.Members[1], second);
        Assert.Equal((0, 1), (room.Faults.Missing, room.Faults.OutOfOrder));
    }

    [Fact]
    public void WhatWasUnderWayWhenHeJoinedIsNoFaultAndNobodyWaitsForIt()
    {
        using var room = new FakeSwitch(Plan, members: 3);
        var underWay = room.Say();
        room.Replace(2);

        Assert.Equal(1, room.Ledger.Senders[0].InFlight);
        FakeSwitch.Deliver(room.Members[2], underWay);
        Assert.Equal(1, room.Ledger.Senders[0].InFlight);
        FakeSwitch.Deliver(room.Members[1], underWay);
        Assert.Equal((0, 0), (room.Ledger.Senders[0].InFlight, room.Faults.Total));
    }

    [Fact]
    public void TheGapsOfThoseWhoHaveGoneAreMissingButWhatWasUnderWayIsNot()
    {
        using var room = new FakeSwitch(Plan, members: 2);
        room.Say();
        FakeSwitch.Deliver(room.Members[1], room.Say());
        room.Say();
        room.Replace(1);

        Assert.Equal((1, 1), (room.Faults.Missing, room.Faults.Total));
        Assert.Equal(0, room.Ledger.Senders[0].InFlight);
    }

    [Theory]
    [InlineData("quick", "qu1ck")]
    [InlineData("From: <sip:room0user0@", "From: <sip:room0user1@")]
    public void WhatIsAlteredIsDamaged(string right, string wrong)
    {
        using var room = new FakeSwitch(new TrafficPlan { CheckEvery = 1, TextLength = 200 }, members: 2);
        FakeSwitch.Deliver(room.Members[1], Replace(room.Say(), right, wrong));

        Assert.Equal((1, 1), (room.Faults.Damaged, room.Faults.Total));
    }

    [Fact]
    public void AMarkerThatNobodyHasSentIsDamaged()
    {
        using var room = new FakeSwitch(Plan, members: 2);
        FakeSwitch.Deliver(room.Members[1], Replace(room.Say(), "load:0000000000000000", "load:0000000000000007"));

        Assert.Equal((1, 1), (room.Faults.Damaged, room.Faults.Missing));
    }

    [Fact]
    public void TheSendersOwnCopyStrays()
    {
        using var room = new FakeSwitch(Plan, members: 2);
        var frame = room.Say();
        FakeSwitch.Deliver(room.Members[0], frame);
        FakeSwitch.Deliver(room.Members[1], frame);

        Assert.Equal((1, 1), (room.Faults.Strayed, room.Faults.Total));
    }

    [Fact]
    public void AMessageInAnotherRoomStrays()
    {
        using var rooms = new FakeSwitch(Plan, members: 2, rooms: 2);
        var frame = rooms.Say();
        FakeSwitch.Deliver(rooms.Rooms[1].Members[1], frame);
        FakeSwitch.Deliver(rooms.Rooms[0].Members[1], frame);

        Assert.Equal((1, 1), (rooms.Faults.Strayed, rooms.Faults.Total));
    }

    [Fact]
    public void AFrameForAnotherSessionStrays()
    {
        using var room = new FakeSwitch(Plan, members: 2);
        FakeSwitch.Receive(room.Members[1], room.Say());

        Assert.Equal(1, room.Faults.Strayed);
    }

    [Fact]
    public void ARefusedMessageIsRefusedAndNobodyMissesIt()
    {
        using var room = new FakeSwitch(Plan);
        FakeSwitch.Answer(room.Members[0], room.Say(), 403);

        Assert.Equal((1, 1), (room.Faults.Refused, room.Faults.Total));
        Assert.Equal(0, room.Ledger.Senders[0].InFlight);
    }

    [Fact]
    public void AMessageIsInFlightUntilItsAnswerIsThereToo()
    {
        using var room = new FakeSwitch(new TrafficPlan { FailureReport = FailureReport.Yes }, members: 2);
        var frame = room.Say();
        FakeSwitch.Deliver(room.Members[1], frame);
        Assert.Equal(1, room.Ledger.Senders[0].InFlight);

        FakeSwitch.Answer(room.Members[0], frame, 200);
        Assert.Equal(0, room.Ledger.Senders[0].InFlight);
    }

    [Fact]
    public void NobodyWaitsForAMemberThatStopsReading()
    {
        using var room = new FakeSwitch(Plan);
        var frame = room.Say();
        FakeSwitch.Deliver(room.Members[1], frame);

        room.Members[2].Stall();
        room.Members[2].OnClosed("cut off");

        Assert.Equal((0, 0), (room.Ledger.Senders[0].InFlight, room.Faults.Total));
        Assert.True(room.Members[2].CutOffAt > 0);
    }

    [Fact]
    public void AMemberWhoseSessionEndsIsLostUnlessHeLeft()
    {
        using var room = new FakeSwitch(Plan);
        room.Members[1].OnClosed("closed by the server");
        room.Members[2].Leave();
        room.Members[2].OnClosed("closed by the server");

        Assert.Equal((1, 1), (room.Faults.Lost, room.Faults.Total));
        Assert.Equal("closed by the server", room.Members[1].LostBecause);
    }

    [Fact]
    public void ADeliveryAllocatesNothing()
    {
        using var room = new FakeSwitch(Plan, members: 2);
        var frames = Enumerable.Range(0, 20).Select(_ => Addressed(room.Say())).ToArray();
        var decoder = new MsrpDecoder(MsrpLimits.Default);
        Take(frames[0]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var bytes in frames.AsSpan(1))
        {
            Take(bytes);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(20, room.Ledger.Deliveries);

        void Take(byte[] bytes)
        {
            decoder.Read(bytes, out _, out var frame, out _);
            room.Members[1].OnFrame(frame);
        }

        byte[] Addressed(byte[] frame) => Replace(
            Replace(frame, "To-Path: msrp://127.0.0.1:2855/toroom0user0", "To-Path: msrp://127.0.0.1:9/room0user1"),
            "From-Path: msrp://127.0.0.1:9/room0user0",
            "From-Path: msrp://127.0.0.1:2855/toroom0user1");
    }

    private static byte[] Replace(byte[] frame, string right, string wrong)
    {
        var text = Encoding.UTF8.GetString(frame);
        Assert.Contains(right, text, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text.Replace(right, wrong, StringComparison.Ordinal));
    }
}
