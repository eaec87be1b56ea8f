using OmaIm.Protocols.Msrp;
using OmaIm.Tests.Support;
using Xunit;

namespace OmaIm.Tests.Unit.Switch.Routes;

/// <summary>The steady state of a room allocates nothing, neither for a message nor for a delivery nor for a chunk.</summary>
public sealed class AllocationTests : RoomTestBase
{
    private const int Members = 20;

    // What the runtime may do on the side in all of a run: a pooled array that a collection took away comes anew. The smallest object
    // for each message or chunk would be many times that.
    private const long Tolerance = 32 * 1024;

    private readonly List<RoomPeer> _members;
    private int _turn;

    public AllocationTests()
    {
        _members = [.. Enumerable.Range(0, Members).Select(i => Bench.Join($"sip:user{i}@example.com"))];
        foreach (var member in _members)
        {
            member.Connection.DiscardsOutput = true;
        }
    }

    [Theory]
    [InlineData(64, "")]
    [InlineData(64, "\r\nFailure-Report: partial\r\nContent-ID: <a@b>\r\nX-Any: x")]
    [InlineData(15_000, "")]
    public void AMessageOfOneChunkAllocatesNothing(int size, string headers)
    {
        const int Messages = 10_000;
        var frames = Frames(size, headers);
        Run(frames, 500);
        var (allocated, deliveries) = Run(frames, size > 1000 ? Messages / 10 : Messages);
        Assert.Equal((size > 1000 ? Messages / 10 : Messages) * (Members - 1L), deliveries);
        Assert.InRange(allocated, 0, Tolerance);
    }

    [Fact]
    public void ADeliveryToWhoTakesSomeTypesOnlyAllocatesNothing()
    {
        const int Messages = 2_000;
        var frames = Frames(64, "");
        foreach (var member in Enumerable.Range(0, Members).Select(i => Bench.Join($"sip:picky{i}@example.com", acceptWrappedTypes: ["image/*", "text/*"])))
        {
            member.Connection.DiscardsOutput = true;
        }

        Run(frames, 500);
        var (allocated, deliveries) = Run(frames, Messages);
        Assert.Equal(Messages * ((2 * Members) - 1L), deliveries);

        // The type itself, once for each message.
        Assert.InRange(allocated, 0, Tolerance + (Messages * 48L));
    }

    [Fact]
    public void AStreamAllocatesNothingForAChunk()
    {
        const int Chunks = 2000;
        var sender = _members[0];
        Stream(sender, "warm", 200);
        Stream(sender, "warm", 200);
        var (allocated, deliveries) = Stream(sender, "real", Chunks);
        Assert.Equal((Chunks + 2) * (Members - 1L), deliveries);

        // What a long message costs once: its id, its content type, its place among the open ones.
        Assert.InRange(allocated, 0, Tolerance);
    }

    [Fact]
    public void AHugeChunkAllocatesNothingForAPiece()
    {
        var sender = _members[0];
        var bytes = MsrpText.Bytes(MsrpText.Send(
            "abcd", sender.Msrp.SessionPath, sender.Msrp.Path, "1234", MsrpText.Cpim(sender.Aor, RoomBench.Uri, new string('x', 5_000_000))));
        Run([bytes], 2);
        var (allocated, deliveries) = Run([bytes], 10);
        Assert.True(deliveries > 10 * (5_000_000 / (2 * MsrpLimits.Default.Piece)) * (Members - 1));
        Assert.InRange(allocated, 0, Tolerance);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(15_000)]
    public void ADeliveryToAMemberWhoLagsAllocatesNothing(int size)
    {
        var frames = Frames(size, "");
        RunLagging(frames, 10);
        var (allocated, deliveries) = RunLagging(frames, 10);
        Assert.True(deliveries > 10 * Members * Bench.Msrp.Loop.Options.OutboxBytes / (size + 1000) / 2);
        Assert.InRange(allocated, 0, Tolerance);
    }

    private byte[][] Frames(int size, string headers) => [.. _members.Select(member => MsrpText.Bytes(
        MsrpText.Send("abcd", member.Msrp.SessionPath, member.Msrp.Path, "1234", MsrpText.Cpim(member.Aor, RoomBench.Uri, new string('x', size)))
            .Replace("\r\nContent-Type: message", headers + "\r\nContent-Type: message", StringComparison.Ordinal)))];

    // Everybody lags until his outbox is nearly full, takes a part of it, and in the end all.
    private (long Allocated, long Deliveries) RunLagging(byte[][] frames, int count)
    {
        var deliveries = Bench.Statistics.Deliveries;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < count; round++)
        {
            foreach (var member in _members)
            {
                member.Connection.Block();
            }

            while (_members[0].Connection.Backlog < Bench.Msrp.Loop.Options.OutboxBytes * 3 / 4)
            {
                Run(frames, 1);
            }

            foreach (var member in _members)
            {
                member.Connection.Unblock(100_000);
            }

            Run(frames, frames.Length / 4);
            foreach (var member in _members)
            {
                member.Connection.Unblock();
            }

            Bench.Msrp.Run();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before, Bench.Statistics.Deliveries - deliveries);
    }

    private (long Allocated, long Deliveries) Run(byte[][] frames, int count)
    {
        var deliveries = Bench.Statistics.Deliveries;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < count; i++)
        {
            var turn = _turn++ % frames.Length;
            _members[turn].Connection.Receive(frames[turn]);
            Bench.Msrp.Run();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before, Bench.Statistics.Deliveries - deliveries);
    }

    // The chunks are the same octets with other numbers: ranges of eight digits keep their place.
    private (long Allocated, long Deliveries) Stream(RoomPeer sender, string messageId, int chunks)
    {
        const int Size = 1000;
        string Chunk(string body, string range, char flag) => MsrpText.Send("abcd", sender.Msrp.SessionPath, sender.Msrp.Path, messageId, body, range, flag);
        var beginning = MsrpText.Cpim(sender.Aor, RoomBench.Uri, "");
        var first = MsrpText.Bytes(Chunk(beginning, "1-*/*", '+'));
        var next = MsrpText.Bytes(Chunk(new string('x', Size), "10000000-*/*", '+'));
        var end = beginning.Length + (chunks * Size);
        var last = MsrpText.Bytes(Chunk("", $"{end + 1}-*/*", '$'));
        var digits = next.AsSpan().IndexOf("10000000"u8);

        var deliveries = Bench.Statistics.Deliveries;
        var before = GC.GetAllocatedBytesForCurrentThread();
        Receive(sender, first);
        for (var i = 0; i < chunks; i++)
        {
            var start = 1 + beginning.Length + (i * Size);
            for (var digit = 7; digit >= 0; digit--, start /= 10)
            {
                next[digits + digit] = (byte)('0' + (start % 10));
            }

            Receive(sender, next);
        }

        Receive(sender, last);
        return (GC.GetAllocatedBytesForCurrentThread() - before, Bench.Statistics.Deliveries - deliveries);
    }

    private void Receive(RoomPeer sender, byte[] bytes)
    {
        sender.Connection.Receive(bytes);
        Bench.Msrp.Run();
    }
}
