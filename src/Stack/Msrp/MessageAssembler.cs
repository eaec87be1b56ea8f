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

    /// <summary>Messages that have begun and not ended.</summary>
    public int OpenCount => _open.Count;

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

    private MsrpRejection Keep(string key, in MsrpFrame frame, long start, out OpenMessage? open)
    {
        if (!_open.TryGetValue(key, out open))
        {
            if (_open.Count >= maximumOpen)
            {
                return MsrpRejection.TooManyOpenMessages;
            }

            _open[key] = open = new OpenMessage(Encoding.UTF8.GetString(frame.ContentType));
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

    private sealed class OpenMessage(string contentType)
    {
        // Holes that a sender may leave open at one time.
        private const int MaximumRuns = 64;

        private readonly List<(long Start, long End)> _runs = [];
        private byte[] _bytes = [];
        private long _total = -1;

        public string ContentType { get; } = contentType;

        public int Capacity => _bytes.Length;

        public ReadOnlyMemory<byte> Body => _bytes.AsMemory(0, (int)_total);

        /// <summary>Notes where the message ends, if this chunk says so; true when nothing is missing before.</summary>
        public bool EndsWith(bool isEnd, long end)
        {
            _total = isEnd ? end : _total;
            return _total == 0 || (_total > 0 && _runs.Exists(run => run.Start == 0 && run.End >= _total));
        }

        /// <summary>Copies a part of the message to its place; false when it leaves too many holes.</summary>
        public bool Add(long start, ReadOnlySpan<byte> data, long room)
        {
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
