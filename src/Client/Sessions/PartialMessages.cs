using OmaIm.Client.Messages;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Timing;

namespace OmaIm.Client.Sessions;

/// <summary>
/// What has come of large messages, so that a session which goes on with one (<see cref="Resumption"/>) finds it: of sessions that still stand,
/// because the sender may know sooner than this side that one is broken, and for a while of those that are over. Lives on the control loop;
/// the assemblers belong to the MSRP loop.
/// </summary>
internal sealed class PartialMessages(ImRuntime runtime, PartialMessageOptions options)
{
    private readonly List<Held> _held = [];

    /// <summary>Large messages that were whole: one that goes on in another session because its report was lost is not shown again.</summary>
    public SeenMessages Seen { get; } = new();

    /// <summary>A session begins in which a large message of that user may come.</summary>
    public void Add(string peer, MessageAssembler assembler) => _held.Add(new Held(peer, assembler));

    /// <summary>A session is over: what it has not finished is kept for a while.</summary>
    public async Task ReleaseAsync(MessageAssembler assembler)
    {
        if (_held.Find(held => held.Assembler == assembler) is not { IsOver: false } ended)
        {
            return;
        }

        ended.IsOver = true;
        ended.Expiry = runtime.Loop.Schedule(options.Time, () => Remove(ended));
        ended.Bytes = await runtime.OnMsrpLoopAsync(() => assembler.HeldBytes);
        if (ended.Bytes == 0)
        {
            Remove(ended);
        }

        Trim();
    }

    /// <summary>Brings what there is of a message to the assembler of the session that goes on with it.</summary>
    /// <returns>How many bytes there are, from its start and without a hole.</returns>
    public async Task<long> MoveAsync(string peer, string messageId, MessageAssembler to)
    {
        foreach (var held in _held.Where(held => held.Peer == peer && held.Assembler != to).Reverse().ToArray())
        {
            var (bytes, isEmpty) = await runtime.OnMsrpLoopAsync(() => (held.Assembler.MoveTo(messageId, to), held.Assembler.OpenCount == 0));
            if (isEmpty && held.IsOver)
            {
                Remove(held);
            }

            if (bytes > 0)
            {
                return bytes;
            }
        }

        return 0;
    }

    private void Trim()
    {
        Held[] kept = [.. _held.Where(held => held.IsOver)];
        var bytes = kept.Sum(held => held.Bytes);
        for (var i = 0; i < kept.Length && (kept.Length - i > options.Count || bytes > options.Bytes); i++)
        {
            bytes -= kept[i].Bytes;
            Remove(kept[i]);
        }
    }

    private void Remove(Held held)
    {
        held.Expiry?.Cancel();
        _held.Remove(held);
    }

    private sealed class Held(string peer, MessageAssembler assembler)
    {
        public string Peer { get; } = peer;

        public MessageAssembler Assembler { get; } = assembler;

        public bool IsOver { get; set; }

        public long Bytes { get; set; }

        public LoopTimer? Expiry { get; set; }
    }
}
