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

        var start = range.Start + frame.PieceOffset;
        var key = Encoding.ASCII.GetString(frame.MessageId);
        var isEnd = frame.IsLastPiece && frame.Flag == MsrpFlag.Complete;
        if (isEnd && start == 1 && !_open.ContainsKey(key))
        {
            message = new AssembledMessage(key, Encoding.UTF8.GetString(frame.ContentType), frame.Body.ToArray());
            return MsrpRejection.None;
        }

        if (frame.IsLastPiece && frame.Flag == MsrpFlag.Abort)
        {
            _open.Remove(key);
            return MsrpRejection.None;
        }

        return Add(frame, key, start, isEnd, out message);
    }

    private MsrpRejection Add(in MsrpFrame frame, string key, long start, bool isEnd, out AssembledMessage? message)
    {
        message = null;
        var end = start - 1 + frame.Body.Length;
        if (end > maximumSize)
        {
            _open.Remove(key);
            return MsrpRejection.MessageTooLarge;
        }

        if (!_open.TryGetValue(key, out var open))
        {
            if (_open.Count >= maximumOpen)
            {
                return MsrpRejection.TooManyOpenMessages;
            }

            _open[key] = open = new OpenMessage(Encoding.UTF8.GetString(frame.ContentType));
        }

        if (!open.Add(start - 1, frame.Body))
        {
            _open.Remove(key);
            return MsrpRejection.ChunkOutOfOrder;
        }

        open.Total = isEnd ? end : open.Total;
        if (open.IsComplete)
        {
            _open.Remove(key);
            message = new AssembledMessage(key, open.ContentType, open.Body);
        }

        return MsrpRejection.None;
    }

    private sealed class OpenMessage(string contentType)
    {
        // Holes that a sender may leave open at one time.
        private const int MaximumRuns = 64;

        private readonly List<(long Start, long End)> _runs = [];
        private byte[] _bytes = [];

        public string ContentType { get; } = contentType;

        public long Total { get; set; } = -1;

        public bool IsComplete => Total >= 0 && (Total == 0 || (_runs.Count == 1 && _runs[0] == (0, Total)));

        public ReadOnlyMemory<byte> Body => _bytes.AsMemory(0, (int)Total);

        public bool Add(long start, ReadOnlySpan<byte> data)
        {
            var end = start + data.Length;
            if (end > _bytes.Length)
            {
                Array.Resize(ref _bytes, (int)Math.Max(end, Math.Min(_bytes.Length * 2L, Array.MaxLength)));
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
