using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace OmaIm.Stack.Msrp;

/// <summary>
/// How a connection carries sessions of a loop that is not its own: their frames cross as they came to a connection without a socket that
/// lives on the other loop, and what that one writes comes back. Both ways are bounded, and end when the connection does.
/// All members are for the thread of the connection's loop.
/// </summary>
internal sealed class MsrpCrossing
{
    /// <summary>Bytes that wait on either way before its writer does. 64 KiB: two pieces of a long frame, so that one comes while one is read.</summary>
    private const int WindowBytes = 64 * 1024;

    // The threads meet in these pipes only. Their callbacks post and queue, so that they may run wherever they are.
    private static readonly PipeOptions Window = new(
        readerScheduler: PipeScheduler.Inline, writerScheduler: PipeScheduler.Inline,
        pauseWriterThreshold: WindowBytes, resumeWriterThreshold: WindowBytes / 2, useSynchronizationContext: false);

    private readonly MsrpConnection _carrier;
    private readonly CrossedConnection _far;
    private readonly PipeWriter _there;
    private readonly PipeReader _back;
    private readonly Action _onProgress;
    private ValueTaskAwaiter<FlushResult> _flush;
    private ValueTaskAwaiter<ReadResult> _read;
    private bool _isReading;
    private bool _isWhole;
    private bool _hasEnded;
    private bool _hasCrossed;

    public MsrpCrossing(MsrpConnection carrier, MsrpLoop loop)
    {
        _carrier = carrier;
        Loop = loop;
        var (there, back) = (new Pipe(Window), new Pipe(Window));
        (_there, _back) = (there.Writer, back.Reader);
        Action proceed = Proceed;
        _onProgress = () => carrier.Loop.Post(proceed);
        _far = new CrossedConnection(carrier, this, there.Reader, back.Writer);
        loop.Post(() =>
        {
            _far.Open();
            _far.OnReady();
        });
        BeginRead();
    }

    /// <summary>The loop whose sessions are on the other side.</summary>
    public MsrpLoop Loop { get; }

    /// <summary>Sessions that the other side has bound, as far as it has said.</summary>
    public int Sessions { get; private set; }

    /// <summary>Whether the other side has been asked for its sessions and has not answered yet.</summary>
    public bool IsAsked { get; private set; }

    /// <summary>Whether the other side must read before more may cross.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Whether nothing more crosses, and the other side has not said its last yet.</summary>
    public bool IsEnding { get; private set; }

    /// <summary>Lets a frame cross, or a piece of one, as it was received; not while <see cref="IsFull"/>, which pauses the carrier.</summary>
    public void Forward(ReadOnlySpan<byte> bytes)
    {
        _hasCrossed = true;
        _there.Write(bytes);
        _flush = _there.FlushAsync().GetAwaiter();
        if (_flush.IsCompleted)
        {
            _flush.GetResult();
        }
        else
        {
            IsFull = true;
            _carrier.Pause(PauseReason.Crossing);
            _flush.UnsafeOnCompleted(_onProgress);
        }
    }

    /// <summary>Does what has become possible: goes on after a full window, and takes what came back while the carrier has room for it.</summary>
    public void Proceed()
    {
        if (_hasEnded)
        {
            return;
        }

        if (IsFull && _flush.IsCompleted)
        {
            _flush.GetResult();
            IsFull = false;
            _carrier.OnCrossingRelieved();
        }

        if (_isReading && _read.IsCompleted && !_carrier.IsBlocked)
        {
            _isReading = false;
            TakeBack(_read.GetResult());
        }
    }

    /// <summary>Asks the other side for its sessions once it has read what has crossed, if anything has since it was asked last.</summary>
    public void Ask()
    {
        if (_hasCrossed && !IsAsked)
        {
            _hasCrossed = false;
            IsAsked = true;
            Loop.Post(_far.AnswerWhenRead);
        }
    }

    /// <summary>The other side's answer; any thread.</summary>
    public void Answer(int sessions) => _carrier.Loop.Post(() =>
    {
        IsAsked = false;
        Sessions = sessions;
        _carrier.OnCrossingAnswered();
    });

    /// <summary>The other side's word on its sessions; any thread.</summary>
    public void Report(int sessions) => _carrier.Loop.Post(() =>
    {
        Sessions = sessions;
        _carrier.OnCrossedSessionsChanged();
    });

    /// <summary>The other side has ended of itself, as the whole connection would have: so it does, at once, even if its peer does not read. Any thread.</summary>
    public void ReportEnd(MsrpCloseReason reason) => _carrier.Loop.Post(() =>
    {
        Proceed();
        if (!_hasEnded && !IsEnding)
        {
            _carrier.CloseLater(reason);
        }
    });

    /// <summary>The carrier reads no more: the other side reads what has crossed, and answers it.</summary>
    public void EndInput(MsrpCloseReason reason)
    {
        IsEnding = !_isWhole;
        _far.EndOfCarrier = reason;
        _there.Complete();
    }

    /// <summary>The carrier has ended: the other side reads what has crossed, then its sessions hear the reason.</summary>
    public void End(MsrpCloseReason reason)
    {
        _hasEnded = true;
        _far.EndOfCarrier = reason;
        _there.Complete();
        _back.Complete();
    }

    private void BeginRead()
    {
        _read = _back.ReadAsync().GetAwaiter();
        _isReading = true;
        if (_read.IsCompleted)
        {
            // Behind the others that wait: no crossing keeps the loop for itself.
            _onProgress();
        }
        else
        {
            _read.UnsafeOnCompleted(_onProgress);
        }
    }

    // Whole frames: the other side commits what it writes at the end of a flush. They leave together, as they were written together.
    private void TakeBack(ReadResult result)
    {
        var length = (int)result.Buffer.Length;
        if (length > 0)
        {
            result.Buffer.CopyTo(_carrier.GetSpan(length));
            _carrier.Advance(length);
        }

        _back.AdvanceTo(result.Buffer.End);
        if (length > 0)
        {
            _carrier.Flush();
        }

        if (!result.IsCompleted)
        {
            BeginRead();
            return;
        }

        _isWhole = true;
        IsEnding = false;
        _carrier.OnCrossingEnded();
    }
}
