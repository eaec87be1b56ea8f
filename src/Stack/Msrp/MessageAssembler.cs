using System.Text;
using OmaIm.Protocols.Msrp;

namespace OmaIm.Stack.Msrp;

/// <summary>
/// Puts the chunks of a session's incoming messages together: interleaved, repeated, overlapping or out of order, as RFC 4975
/// section 7.3.1 lets them come. Bounded in size and number.
/// </summary>
public sealed class MessageAssembler(long maximumSize = MessageAssembler.DefaultMaximumSize, int maximumOpen = MessageAssembler.DefaultMaximumOpen)
{
    /// <summary>64 MiB: what a client may reasonably hold in memory; larger content belongs into a file.</summary>
    public const long DefaultMaximumSize = 64 * 1024 * 1024;

    /// <summary>16 unfinished messages: more than any client interleaves.</summary>
    public const int DefaultMaximumOpen = 16;

    private readonly Dictionary<string, OpenMessage> _open = new(StringComparer.Ordinal);

    /// <summary>Hears of a message that will not be whole any more: its Message-ID, and how far it had come.</summary>
    public delegate void GivenUp(string messageId, long end);

    /// <summary>Messages that have begun and not ended.</summary>
    public int OpenCount => _open.Count;

    /// <summary>Bytes of memory that unfinished messages hold.</summary>
    public long HeldBytes => _open.Values.Sum(open => (long)open.Capacity);

    /// <summary>Takes a chunk or a piece of one. <paramref name="message"/> is set when it completes its message.</summary>
    public MsrpRejection Add(in MsrpFrame frame, out AssembledMessage? message)
    {
        message = null;
        if (!frame.TryGetByteRange(out var range))
        {
            return MsrpRejection.ByteRangeMalformed;
        }

        var key = Encoding.ASCII.GetString(frame.MessageId);
        if (frame.IsLastPiece && frame.Flag == MsrpFlag.Abort)
        {
            _open.Remove(key);
            return MsrpRejection.None;
        }

        // Compared before it is added up: a Byte-Range may name any number.
        if (range.Start - 1 > maximumSize - frame.PieceOffset - frame.Body.Length)
        {
            _open.Remove(key);
            return MsrpRejection.MessageTooLarge;
        }

        var start = range.Start - 1 + frame.PieceOffset;
        var isEnd = frame.IsLastPiece && frame.Flag == MsrpFlag.Complete;
        if (isEnd && start == 0 && !_open.ContainsKey(key))
        {
            message = new AssembledMessage(key, Encoding.UTF8.GetString(frame.ContentType), frame.Body.ToArray());
            return MsrpRejection.None;
        }

        var rejection = Keep(key, frame, start, out var open);
        if (rejection == MsrpRejection.None && open!.EndsWith(isEnd, start + frame.Body.Length))
        {
            _open.Remove(key);
            message = new AssembledMessage(key, open.ContentType, open.Body);
        }

        return rejection;
    }

    /// <summary>
    /// Hands an unfinished message over to the assembler of the session that goes on with it: what there is of it from its start and without a
    /// hole, and nothing else.
    /// </summary>
    /// <param name="messageId">Its Message-ID.</param>
    /// <param name="other">Where it goes on.</param>
    /// <returns>How many bytes have gone over; 0 when it is not here.</returns>
    public long MoveTo(string messageId, MessageAssembler other)
    {
        if (!_open.Remove(messageId, out var open) || open.CutToPrefix() is not (> 0 and var prefix))
        {
            return 0;
        }

        other._open[messageId] = open;
        return prefix;
    }

    /// <summary>
    /// Gives up messages of which nothing has come for <paramref name="patience"/>: what is missing of them will not come. To be called every
    /// now and then. Only of those that may be reported (Failure-Report other than "no") <paramref name="givenUp"/> hears.
    /// </summary>
    public void Sweep(TimeProvider time, TimeSpan patience, GivenUp givenUp)
    {
        if (_open.Count == 0)
        {
            return;
        }

        foreach (var (messageId, _) in _open.Where(entry => entry.Value.IsIdle(time, patience)).ToArray())
        {
            _open.Remove(messageId, out var open);
            if (open!.MayBeReported)
            {
                givenUp(messageId, open.End);
            }
        }
    }

    private MsrpRejection Keep(string key, in MsrpFrame frame, long start, out OpenMessage? open)
    {
        if (!_open.TryGetValue(key, out open))
        {
            if (_open.Count >= maximumOpen)
            {
                return MsrpRejection.TooManyOpenMessages;
            }

            frame.TryGetFailureReport(out var failureReport);
            _open[key] = open = new OpenMessage(Encoding.UTF8.GetString(frame.ContentType), failureReport != FailureReport.No);
        }

        // All unfinished messages together may hold what one may be long.
        var room = maximumSize;
        foreach (var other in _open.Values)
        {
            room -= other == open ? 0 : other.Capacity;
        }

        if (start + frame.Body.Length > room || !open.Add(start, frame.Body, room))
        {
            _open.Remove(key);
            return start + frame.Body.Length > room ? MsrpRejection.MessageTooLarge : MsrpRejection.ChunkOutOfOrder;
        }

        return MsrpRejection.None;
    }

    private sealed class OpenMessage(string contentType, bool mayBeReported)
    {
        // Holes that a sender may leave open at one time.
        private const int MaximumRuns = 64;

        private readonly List<(long Start, long End)> _runs = [];
        private byte[] _bytes = [];
        private long _total = -1;
        private bool _hasGrown = true;
        private long _idleSince;

        public string ContentType { get; } = contentType;

        public bool MayBeReported { get; } = mayBeReported;

        public long End => _runs.Count == 0 ? 0 : _runs.Max(run => run.End);

        public int Capacity => _bytes.Length;

        public ReadOnlyMemory<byte> Body => _bytes.AsMemory(0, (int)_total);

        /// <summary>Notes where the message ends, if this chunk says so; true when nothing is missing before.</summary>
        public bool EndsWith(bool isEnd, long end)
        {
            _total = isEnd ? end : _total;
            return _total == 0 || (_total > 0 && _runs.Exists(run => run.Start == 0 && run.End >= _total));
        }

        /// <summary>Whether nothing has come for so long, as far as the calls of this can tell.</summary>
        public bool IsIdle(TimeProvider time, TimeSpan patience)
        {
            if (_hasGrown)
            {
                _hasGrown = false;
                _idleSince = time.GetTimestamp();
            }

            return time.GetElapsedTime(_idleSince) >= patience;
        }

        /// <summary>Forgets what lies behind the first hole; the result is what is left.</summary>
        public long CutToPrefix()
        {
            var prefix = _runs.Find(run => run.Start == 0).End;
            _runs.Clear();
            _runs.Add((0, prefix));
            _total = -1;
            _hasGrown = true;
            return prefix;
        }

        /// <summary>Copies a part of the message to its place; false when it leaves too many holes.</summary>
        public bool Add(long start, ReadOnlySpan<byte> data, long room)
        {
            _hasGrown = true;
            var end = start + data.Length;
            if (end > _bytes.Length)
            {
                Array.Resize(ref _bytes, (int)Math.Min(Math.Max(end, _bytes.Length * 2L), room));
            }

            data.CopyTo(_bytes.AsSpan((int)start));
            var at = 0;
            while (at < _runs.Count)
            {
                var run = _runs[at];
                if (run.Start > end || run.End < start)
                {
                    at++;
                    continue;
                }

                (start, end) = (Math.Min(start, run.Start), Math.Max(end, run.End));
                _runs.RemoveAt(at);
            }

            if (end > start)
            {
                _runs.Add((start, end));
            }

            return _runs.Count <= MaximumRuns;
        }
    }
}
