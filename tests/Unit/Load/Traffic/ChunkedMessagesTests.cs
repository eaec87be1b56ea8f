using OmaIm.Load.Traffic;
using OmaIm.Protocols.Msrp;
using Xunit;

namespace OmaIm.Tests.Unit.Load.Traffic;

public sealed class ChunkedMessagesTests
{
    private static readonly TrafficPlan Chunked = new()
    {
        Senders = 2,
        TextLength = 5000,
        ChunkLength = 1024,
        CheckEvery = 1,
        FailureReport = FailureReport.Partial,
    };

    [Fact]
    public void ChunksAreOneDeliveryWhenTheLastIsThere()
    {
        using var room = new FakeSwitch(Chunked with { Senders = 1 }, members: 2);

        FakeSwitch.Deliver(room.Members[1], room.Say());

        Assert.Equal((1, 1, 0), (room.Ledger.Deliveries, room.Ledger.Compared, room.Faults.Total));
    }

    [Fact]
    public void ChunksOfTwoMessagesMayComeInTurns()
    {
        using var room = new FakeSwitch(Chunked);
        var one = Frames(room.Say(room.Ledger.Senders[0]));
        var other = Frames(room.Say(room.Ledger.Senders[1]));
        foreach (var (first, second) in one.Zip(other))
        {
            FakeSwitch.Deliver(room.Members[2], first);
            FakeSwitch.Deliver(room.Members[2], Rename(second));
        }

        Assert.Equal((2, 2), (room.Ledger.Deliveries, room.Ledger.Compared));
        Assert.Equal(0, room.Ledger.Faults.Total);
    }

    [Fact]
    public void AChunkThatIsLeftOutIsDamageAndTheMessageIsMissing()
    {
        using var room = new FakeSwitch(Chunked with { Senders = 1 }, members: 2);
        var frames = Frames(room.Say());
        FakeSwitch.Deliver(room.Members[1], frames[0]);
        FakeSwitch.Deliver(room.Members[1], frames[2]);

        Assert.Equal((0, 1, 1), (room.Ledger.Deliveries, room.Faults.Damaged, room.Faults.Missing));
    }

    [Fact]
    public void AnAbortedMessageIsDamageAndMissing()
    {
        using var room = new FakeSwitch(Chunked with { Senders = 1 }, members: 2);
        var frames = Frames(room.Say());
        FakeSwitch.Deliver(room.Members[1], frames[0]);
        frames[1][^3] = (byte)'#';
        FakeSwitch.Deliver(room.Members[1], frames[1]);

        Assert.Equal((1, 1), (room.Faults.Damaged, room.Faults.Missing));
    }

    [Fact]
    public void ALargeMessageIsVerifiedByItsHash()
    {
        using var room = new FakeSwitch(new TrafficPlan { CheckEvery = 1 });
        var big = room.PrepareBig(100_000);
        SendBig(room, big, frame =>
        {
            FakeSwitch.Deliver(room.Members[0], frame);
            FakeSwitch.Deliver(room.Members[1], frame);
        });

        Assert.Equal((2, 2, true), (big.Verified, big.Expected, big.IsOver));
        Assert.Equal(0, room.Faults.Total);
        Assert.Equal(0, room.Ledger.Deliveries);
    }

    [Fact]
    public void OneWrongByteOfALargeMessageIsDamage()
    {
        using var room = new FakeSwitch(new TrafficPlan { CheckEvery = 1 }, members: 2);
        var big = room.PrepareBig(100_000);
        var sent = 0;
        SendBig(room, big, frame =>
        {
            if (++sent == 20)
            {
                frame[^100] ^= 1;
            }

            FakeSwitch.Deliver(room.Members[0], frame);
        });

        Assert.Equal((0, 1, false), (big.Verified, room.Faults.Damaged, big.IsOver));
    }

    [Fact]
    public void ALargeMessageThatDoesNotComeIsMissing()
    {
        using var room = new FakeSwitch(new TrafficPlan());
        var big = room.PrepareBig(100_000);
        SendBig(room, big, frame => FakeSwitch.Deliver(room.Members[0], frame));

        Assert.Equal((1, 1), (big.Verified, room.Faults.Missing));
    }

    [Fact]
    public void ARefusedLargeMessageStops()
    {
        using var room = new FakeSwitch(new TrafficPlan());
        var big = room.PrepareBig(1_000_000);
        big.Start();
        FakeSwitch.Answer(big.From, room.TakeRendered(), 413);

        Assert.True(big.IsOver);
        Assert.Empty(room.TakeRendered());
        Assert.Equal(1, room.Ledger.Faults.Refused);
    }

    /// <summary>Lets a large message run: every chunk is passed on, then answered, which brings the next ones.</summary>
    private static void SendBig(FakeSwitch room, BigTransfer big, Action<byte[]> deliver)
    {
        big.Start();
        for (var rendered = room.TakeRendered(); rendered.Length > 0; rendered = room.TakeRendered())
        {
            var frames = Frames(rendered);
            frames.ForEach(deliver);
            frames.ForEach(frame => FakeSwitch.Answer(big.From, frame, 200));
        }
    }

    private static List<byte[]> Frames(byte[] rendered)
    {
        var decoder = new MsrpDecoder(MsrpLimits.Default);
        var frames = new List<byte[]>();
        for (var at = 0; at < rendered.Length;)
        {
            decoder.Read(rendered.AsSpan(at), out var consumed, out _, out _);
            frames.Add(rendered[at..(at + consumed)]);
            at += consumed;
        }

        return frames;
    }

    // A switch gives each message a Message-ID of its own.
    private static byte[] Rename(byte[] frame) =>
        System.Text.Encoding.Latin1.GetBytes(System.Text.Encoding.Latin1.GetString(frame).Replace("Message-ID: msg.", "Message-ID: other.", StringComparison.Ordinal));
}
