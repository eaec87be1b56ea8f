using OmaIm.Load.Measuring;
using OmaIm.Load.Messages;
using OmaIm.Protocols.Msrp;

namespace OmaIm.Load.Traffic;

/// <summary>
/// The one large message of a room, sent as a client does: in chunks of 2,048 bytes, of which a number is not yet answered.
/// On the loop's thread.
/// </summary>
internal sealed class BigTransfer
{
    private const int ChunkLength = 2048;
    private const int ChunksInFlight = 64;

    private readonly BigContent _content;
    private readonly TrafficLedger _ledger;
    private int _sent;
    private int _chunk;
    private int _unanswered;
    private bool _isRefused;
    private long _startedAt;

    public BigTransfer(LoadMember from, BigContent content, int index, TrafficLedger ledger)
    {
        From = from;
        _content = content;
        Index = index;
        _ledger = ledger;
    }

    /// <summary>Its place behind the senders of the room.</summary>
    public int Index { get; }

    public LoadMember From { get; }

    public LoadRoom Room => From.Room;

    public bool IsStarted => _startedAt > 0;

    /// <summary>Members at which the SHA-256 was the right one.</summary>
    public int Verified { get; private set; }

    /// <summary>Members that must have it.</summary>
    public int Expected => Room.Listeners - (From.IsListening ? 1 : 0);

    /// <summary>From the first byte sent to the last member's last byte, in nanoseconds.</summary>
    public long Duration { get; private set; }

    /// <summary>Whether nothing more is to be waited for.</summary>
    public bool IsOver => _isRefused || (IsStarted && Verified >= Expected);

    public void Start()
    {
        _startedAt = Clock.Now;
        Pump();
        From.Flush();
    }

    /// <summary>The server has answered a chunk: the next ones may leave.</summary>
    public void OnAnswer(int status)
    {
        _unanswered--;
        if (status == 200)
        {
            Pump();
        }
        else if (!_isRefused)
        {
            _isRefused = true;
            _ledger.CountRefused();
        }
    }

    /// <summary>A member has all of it; true when every byte is right.</summary>
    public bool Verify(ReadOnlySpan<byte> sha256)
    {
        if (!sha256.SequenceEqual(_content.Sha256))
        {
            return false;
        }

        Verified++;
        Duration = Clock.Now - _startedAt;
        return true;
    }

    private void Pump()
    {
        while (!_isRefused && _sent < _content.Body.Length && _unanswered < ChunksInFlight)
        {
            var length = Math.Min(ChunkLength, _content.Body.Length - _sent);
            From.RenderChunk(new TransactionKey(TransactionKind.Big, 0, _chunk++), "big.0"u8, _content.Body, _sent, length, FailureReport.Yes);
            _sent += length;
            _unanswered++;
        }
    }
}
