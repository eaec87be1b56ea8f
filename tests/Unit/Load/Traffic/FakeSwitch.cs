using System.Buffers;
using OmaIm.Load.Measuring;
using OmaIm.Load.Messages;
using OmaIm.Load.Traffic;
using OmaIm.Load.Wire;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Text;

namespace OmaIm.Tests.Unit.Load.Traffic;

/// <summary>A room without sockets: the test is the switch and decides which frame reaches whom.</summary>
internal sealed class FakeSwitch : IDisposable
{
    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly WireLoop _loop = new();

    public FakeSwitch(TrafficPlan plan, int members = 3, int rooms = 1)
    {
        Ledger = new TrafficLedger(plan);
        Queue = new SendQueue(plan, Ledger);
        for (var room = 0; room < rooms; room++)
        {
            Rooms.Add(new LoadRoom($"sip:room{room}@rooms.localhost"));
            for (var index = 0; index < members; index++)
            {
                Rooms[room].Members.Add(Admit(Rooms[room], index, plan.Senders));
            }
        }

        foreach (var room in Rooms)
        {
            for (var index = 0; index < plan.Senders; index++)
            {
                var member = room.Members[index];
                var template = new MessageTemplate((uint)Ledger.Senders.Count, member.Aor, room.Uri, plan.TextLength, Time);
                Ledger.Add(new Sender(member, index, template, plan, Ledger, capacity: 64));
            }
        }
    }

    public TrafficLedger Ledger { get; }

    public SendQueue Queue { get; }

    public List<LoadRoom> Rooms { get; } = [];

    public IReadOnlyList<LoadMember> Members => Rooms[0].Members;

    public Faults Faults
    {
        get
        {
            Ledger.CountMissing(Rooms);
            return Ledger.Faults;
        }
    }

    /// <summary>Somebody comes in the middle, in the place of another who leaves.</summary>
    public LoadMember Replace(int index)
    {
        Members[index].Leave();
        return Rooms[0].Members[index] = Admit(Rooms[0], index, Rooms[0].Senders.Count);
    }

    /// <summary>The next message of a sender, as the switch received it.</summary>
    public byte[] Say(Sender sender)
    {
        Xunit.Assert.True(sender.TryRender(due: Clock.Now));
        return TakeRendered();
    }

    public byte[] Say() => Say(Ledger.Senders[0]);

    /// <summary>What the driver has rendered and not yet written.</summary>
    public byte[] TakeRendered()
    {
        var rendered = _loop.Scratch.WrittenSpan.ToArray();
        _loop.Scratch.ResetWrittenCount();
        return rendered;
    }

    /// <summary>The large message of the first room, prepared but not started.</summary>
    public BigTransfer PrepareBig(int length)
    {
        var from = Members[^1];
        var number = (uint)(Ledger.Senders.Count + Ledger.Bigs.Count);
        var big = new BigTransfer(from, new BigContent(number, from.Aor, Rooms[0].Uri, length, 0, Time), Rooms[0].Senders.Count, Ledger);
        Ledger.Add(big);
        return big;
    }

    /// <summary>Brings frames to a member, addressed to him.</summary>
    public static void Deliver(LoadMember to, ReadOnlySpan<byte> frames) => ForEach(frames, to, static (frame, to) =>
    {
        var output = new ArrayBufferWriter<byte>();
        MsrpWriter.WriteRequestHead(output, frame.TransactionId, "SEND"u8, LocalPath(to), RemotePath(to));
        frame.TryGetByteRange(out var range);
        MsrpWriter.WriteMessageHeaders(output, frame.MessageId, range, successReport: false, FailureReport.Partial);
        MsrpWriter.WriteContent(output, frame.ContentType, frame.Body, frame.TransactionId, frame.Flag);
        Receive(to, output.WrittenSpan);
    });

    /// <summary>Answers frames of a sender.</summary>
    public static void Answer(LoadMember sender, ReadOnlySpan<byte> frames, int status) => ForEach(frames, sender, (frame, member) =>
    {
        var output = new ArrayBufferWriter<byte>();
        MsrpWriter.WriteResponse(output, frame.TransactionId, status, "Comment"u8, LocalPath(member), RemotePath(member));
        Receive(member, output.WrittenSpan);
    });

    /// <summary>Brings bytes to a member as they are.</summary>
    public static void Receive(LoadMember member, ReadOnlySpan<byte> bytes) => ForEach(bytes, member, static (frame, member) => member.OnFrame(frame));

    public void Dispose() => _loop.Dispose();

    private delegate void FrameAction(MsrpFrame frame, LoadMember member);

    private static void ForEach(ReadOnlySpan<byte> bytes, LoadMember member, FrameAction action)
    {
        var decoder = new MsrpDecoder(MsrpLimits.Default);
        while (!bytes.IsEmpty)
        {
            Xunit.Assert.Equal(ParseStatus.Complete, decoder.Read(bytes, out var consumed, out var frame, out _));
            action(frame, member);
            bytes = bytes[consumed..];
        }
    }

    private static byte[] LocalPath(LoadMember member) => System.Text.Encoding.ASCII.GetBytes($"msrp://127.0.0.1:9/{Name(member)};tcp");

    private static byte[] RemotePath(LoadMember member) => System.Text.Encoding.ASCII.GetBytes($"msrp://127.0.0.1:2855/to{Name(member)};tcp");

    private static string Name(LoadMember member) => member.Aor["sip:".Length..member.Aor.IndexOf('@', StringComparison.Ordinal)];

    private LoadMember Admit(LoadRoom room, int index, int senders)
    {
        var name = $"{room.Uri["sip:".Length..room.Uri.IndexOf('@', StringComparison.Ordinal)]}user{index}";
        var member = new LoadMember(
            room, $"sip:{name}@localhost", $"msrp://127.0.0.1:9/{name};tcp", $"msrp://127.0.0.1:2855/to{name};tcp", Ledger, _loop);
        member.Prepare(senders + 1);
        var output = new ArrayBufferWriter<byte>();
        var id = TransactionKey.Binding.Write(stackalloc byte[TransactionKey.Length]);
        MsrpWriter.WriteResponse(output, id, 200, "OK"u8, LocalPath(member), RemotePath(member));
        Receive(member, output.WrittenSpan);
        return member;
    }
}
