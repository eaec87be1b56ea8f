using System.Buffers.Text;
using OmaIm.Load.Messages;
using OmaIm.Protocols.Msrp;

namespace OmaIm.Load.Traffic;

/// <summary>
/// A member who talks. A message is in flight until all others have it and, where they were asked for, its answers are there.
/// On the loop's thread.
/// </summary>
internal sealed class Sender
{
    /// <summary>Bytes that may wait for a server that does not read: beyond, nothing more is sent.</summary>
    private const int LongestBacklog = 4 * 1024 * 1024;

    private readonly MessageTemplate _template;
    private readonly TrafficPlan _plan;
    private readonly TrafficLedger _ledger;
    private readonly byte[] _body;
    private readonly int _chunks;
    private readonly HashSet<int> _refused = [];

    // A ring of the messages in flight, found by the low bits of their number.
    private readonly (int Sequence, int Awaited)[] _flights;

    /// <param name="index">Number of the sender in his room; his number over all rooms is the template's.</param>
    /// <param name="capacity">Messages that can be in flight at most, a power of two.</param>
    public Sender(LoadMember member, int index, MessageTemplate template, TrafficPlan plan, TrafficLedger ledger, int capacity)
    {
        Member = member;
        Index = index;
        member.Sender = this;
        _template = template;
        _plan = plan;
        _ledger = ledger;
        _body = template.Create();
        _chunks = (_body.Length + plan.ChunkLength - 1) / plan.ChunkLength;
        _flights = new (int, int)[capacity];
    }

    public LoadMember Member { get; }

    public LoadRoom Room => Member.Room;

    public int Index { get; }

    /// <summary>Messages sent so far: the number of the next one.</summary>
    public int Sent { get; private set; }

    public int InFlight { get; private set; }

    /// <summary>Whether the sender stands in the queue of those who may send again.</summary>
    public bool IsQueued { get; set; }

    public bool IsIntact(ReadOnlySpan<byte> body) => _template.IsIntact(body);

    public bool WasRefused(int sequence) => _refused.Contains(sequence);

    /// <summary>Renders the next message; false when nobody listens, the server does not read, or the oldest message in flight is too far back.</summary>
    public bool TryRender(long due)
    {
        ref var flight = ref FlightOf(Sent);
        if (!Member.IsListening || Room.Listeners < 2 || flight.Awaited > 0 || Member.Backlog > LongestBacklog)
        {
            return false;
        }

        var sequence = Sent++;
        InFlight++;
        flight = (sequence, Room.Listeners - 1 + (_plan.FailureReport == FailureReport.Yes ? _chunks : 0));
        _template.Stamp(_body, sequence, due);

        Span<byte> messageId = stackalloc byte[24];
        "msg."u8.CopyTo(messageId);
        Utf8Formatter.TryFormat(sequence, messageId[4..], out var digits);
        for (var chunk = 0; chunk < _chunks; chunk++)
        {
            var start = chunk * _plan.ChunkLength;
            var key = new TransactionKey(TransactionKind.Chat, sequence, chunk);
            Member.RenderChunk(key, messageId[..(4 + digits)], _body, start, Math.Min(_plan.ChunkLength, _body.Length - start), _plan.FailureReport);
        }

        return true;
    }

    /// <summary>One of those who wait for a message has it.</summary>
    public void OnArrival(int sequence)
    {
        ref var flight = ref FlightOf(sequence);
        if (flight.Sequence == sequence && flight.Awaited > 0 && --flight.Awaited == 0)
        {
            InFlight--;
            _ledger.OnLanded(this);
        }
    }

    /// <summary>The server has answered a chunk.</summary>
    public void OnAnswer(int sequence, int status)
    {
        if (status == 200)
        {
            OnArrival(sequence);
            return;
        }

        if (_refused.Add(sequence))
        {
            _ledger.CountRefused();
        }

        ref var flight = ref FlightOf(sequence);
        if (flight.Sequence == sequence && flight.Awaited > 0)
        {
            flight.Awaited = 1;
            OnArrival(sequence);
        }
    }

    private ref (int Sequence, int Awaited) FlightOf(int sequence) => ref _flights[sequence & (_flights.Length - 1)];
}
