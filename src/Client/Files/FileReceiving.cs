using System.Text;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Sdp;
using OmaIm.Stack.Msrp;

namespace OmaIm.Client.Files;

/// <summary>Receives one file over its session (RFC 5547 section 8): chunk by chunk into a partial file, checked when all is there.</summary>
internal sealed class FileReceiving : FileEnd
{
    private readonly FileTransferOptions _options;
    private readonly TimeProvider _time;
    private readonly IProgress<FileProgress>? _progress;
    private readonly TaskCompletionSource _received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PartialFile _part = null!;
    private FileSelector _selector = null!;
    private FileWriter? _writer;
    private string? _messageId;
    private long _begin;
    private long _taken;
    private long _heardAt;
    private bool _isPaused;
    private bool _isOver;
    private bool _wantsReport;

    /// <param name="endpoint">Makes the session.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Hears how far it is, on the MSRP thread.</param>
    public FileReceiving(MsrpEndpoint endpoint, FileTransferOptions options, TimeProvider time, IProgress<FileProgress>? progress)
        : base(endpoint) => (_options, _time, _progress, _heardAt) = (options, time, progress, time.GetTimestamp());

    /// <summary>Says what comes, before the session is connected.</summary>
    /// <param name="part">Where it goes, with what an earlier transfer has left.</param>
    /// <param name="selector">What the sender says of it.</param>
    public void Expect(PartialFile part, FileSelector selector) => (_part, _selector) = (part, selector);

    /// <summary>Waits for the file, checks it, and tells the sender. Returns its path.</summary>
    /// <exception cref="ImException">The sender has given up, the connection has ended, or it is not the file that was offered.</exception>
    /// <exception cref="IOException">It cannot be written: the disk is full.</exception>
    public async Task<string> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _received.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            await _writer!.CompleteAsync().ConfigureAwait(false);
            var path = await Task.Run(_part.Finish, cancellationToken).ConfigureAwait(false);
            Report(MsrpRejection.None);
            return path;
        }
        catch (Exception failure)
        {
            await StopAsync().ConfigureAwait(false);
            if (failure is not ImException { Failure: ImFailure.Unreachable })
            {
                Report(MsrpRejection.StoppedMessage);
            }

            throw;
        }
    }

    /// <summary>
    /// Takes nothing more, and waits until what was taken is written: then the file is the caller's again. The MSRP thread may just be making the
    /// writer, hence it is asked.
    /// </summary>
    public async Task StopAsync()
    {
        var stopped = new TaskCompletionSource<FileWriter?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Session.Loop.Post(() =>
        {
            _isOver = true;
            stopped.SetResult(_writer);
        });
        try
        {
            await (await stopped.Task.ConfigureAwait(false) is { } writer ? writer.CompleteAsync() : Task.CompletedTask).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // It is why the transfer failed, or does not matter any more.
        }
    }

    public override void OnBound(MsrpSession session)
    {
        _heardAt = _time.GetTimestamp();
        base.OnBound(session);
    }

    public override void OnSweep(MsrpSession session)
    {
        if (!_isOver && !_isPaused && _time.GetElapsedTime(_heardAt) >= _options.IdleTime)
        {
            Fail(ImException.Unreachable("the sender says nothing more"));
        }
    }

    protected override void OnContent(in MsrpFrame frame)
    {
        _heardAt = _time.GetTimestamp();
        var rejection = _isOver ? MsrpRejection.StoppedMessage : Take(frame);
        Session.Respond(frame, rejection);
        if (rejection != MsrpRejection.None)
        {
            Fail(ImException.FromMsrp(rejection.StatusCode()));
        }
        else if (frame.IsLastPiece && frame.Flag == MsrpFlag.Abort)
        {
            Fail(ImException.SessionEnded("the sender has given up"));
        }
        else if (frame.IsLastPiece && frame.Flag == MsrpFlag.Complete)
        {
            _isOver = true;
            _wantsReport = frame.SuccessReport;
            _received.TrySetResult();
        }
    }

    protected override void OnEnded(ImException failure) => Fail(failure);

    private MsrpRejection Take(in MsrpFrame frame)
    {
        if (!frame.TryGetByteRange(out var range))
        {
            return MsrpRejection.ByteRangeMalformed;
        }

        if (_messageId is null)
        {
            Begin(Encoding.ASCII.GetString(frame.MessageId), range.Total);
        }

        if (!frame.MessageId.SequenceEqual(Encoding.ASCII.GetBytes(_messageId!)))
        {
            return MsrpRejection.TooManyOpenMessages;
        }

        // A file goes to the disk as it comes. TCP keeps the order, and nobody in between has a reason to change it.
        if (range.Start - 1 != _taken - frame.PieceOffset)
        {
            return MsrpRejection.ChunkOutOfOrder;
        }

        if (frame.Body.Length > Math.Min(_selector.Size ?? long.MaxValue, _options.MaximumSize) - _begin - _taken)
        {
            return MsrpRejection.MessageTooLarge;
        }

        if (_writer!.HasFailed)
        {
            return MsrpRejection.StoppedMessage;
        }

        _taken += frame.Body.Length;
        if (!frame.Body.IsEmpty && !_writer.Write(frame.Body))
        {
            _isPaused = true;
            Session.Connection?.Pause(PauseReason.Laggards);
        }

        _progress?.Report(new FileProgress(_begin + _taken, _selector.Size));
        return MsrpRejection.None;
    }

    /// <summary>A message as long as the whole file begins at its front, whatever rest was asked for: the peer knows no file-range.</summary>
    private void Begin(string messageId, long total)
    {
        _messageId = messageId;
        if (_part.Length > 0 && total == _selector.Size)
        {
            _part.Restart();
        }

        _begin = _part.Length;
        _writer = new FileWriter(_part.Handle, _begin, _part.Hash, _options.Unwritten, () => Session.Loop.Post(Relieve));
    }

    private void Relieve()
    {
        _isPaused = false;
        _heardAt = _time.GetTimestamp(); // it was this side that kept him from saying anything
        Session.Connection?.Resume(PauseReason.Laggards);
        if (_writer!.HasFailed)
        {
            Session.Loop.Post(() => Fail(null));
        }
    }

    private void Fail(ImException? failure)
    {
        _isOver = true;
        _ = failure is null ? _received.TrySetResult() : _received.TrySetException(failure);
    }

    private void Report(MsrpRejection rejection)
    {
        if (_messageId is { } id && (_wantsReport || rejection != MsrpRejection.None))
        {
            Session.Loop.Post(() => Session.Report(Encoding.ASCII.GetBytes(id), _taken, rejection));
        }
    }
}
