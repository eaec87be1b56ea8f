using System.Text;
using OmaIm.Load.Measuring;
using OmaIm.Load.Messages;
using OmaIm.Load.Wire;
using OmaIm.Protocols.Msrp;

namespace OmaIm.Load.Traffic;

/// <summary>
/// One session in a room: binds its connection, looks at every frame in place, answers as the frame asks, and hands on what it says.
/// Nothing here allocates for a delivery. On the loop's thread.
/// </summary>
internal sealed class LoadMember : IFrameReceiver
{
    private readonly TrafficLedger _ledger;
    private readonly WireLoop _loop;
    private readonly ChunkedMessages _chunked;
    private readonly byte[] _localPath;
    private readonly byte[] _remotePath;
    private readonly TaskCompletionSource _bound = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WireConnection? _connection;

    public LoadMember(LoadRoom room, string aor, string localPath, string remotePath, TrafficLedger ledger, WireLoop loop)
    {
        Room = room;
        Aor = aor;
        _localPath = Encoding.ASCII.GetBytes(localPath);
        _remotePath = Encoding.ASCII.GetBytes(remotePath);
        _ledger = ledger;
        _loop = loop;
        _chunked = new ChunkedMessages(ledger);
    }

    public LoadRoom Room { get; }

    /// <summary>The account that speaks here; several members may share one.</summary>
    public string Aor { get; }

    /// <summary>Whom the answers to this member's requests concern.</summary>
    public Sender? Sender { get; set; }

    /// <summary>What has come of each sender of the room.</summary>
    public SequenceCheck Sequences { get; private set; } = new(0);

    /// <summary>Whether what is said in the room must reach this member.</summary>
    public bool IsListening { get; private set; }

    public bool IsStalled { get; private set; }

    /// <summary>When the server ended the session of this stalled member; 0 while it has not.</summary>
    public long CutOffAt { get; private set; }

    /// <summary>Why the session ended that should not have.</summary>
    public string? LostBecause { get; private set; }

    /// <summary>Ends when the switch has taken the session's connection, or has refused it.</summary>
    public Task Bound => _bound.Task;

    /// <summary>Bytes that wait for a server that does not read.</summary>
    public int Backlog => _connection?.Backlog ?? 0;

    /// <summary>Binds the session to its connection by a SEND without a body (RFC 4975 section 4.2).</summary>
    public void Bind(WireConnection connection)
    {
        _connection = connection;
        _loop.Add(connection);
        var id = TransactionKey.Binding.Write(stackalloc byte[TransactionKey.Length]);
        MsrpWriter.WriteEmptySend(_loop.Scratch, id, _remotePath, _localPath, id);
        connection.FlushScratch();
    }

    /// <summary>Called before the first message.</summary>
    public void Prepare(int senders) => Sequences = new SequenceCheck(senders);

    public void OnFrame(in MsrpFrame frame)
    {
        if (frame.Method == MsrpMethod.Response)
        {
            OnResponse(frame);
            return;
        }

        Answer(frame);
        if (frame.Method != MsrpMethod.Send || !frame.HasBody || !IsListening)
        {
            return;
        }

        if (!frame.ToPath.SequenceEqual(_localPath) || !frame.FromPath.SequenceEqual(_remotePath))
        {
            _ledger.CountStrayed();
            return;
        }

        // Most messages come whole, and the end of the body is the text.
        var body = frame.Body;
        if (frame is { IsFirstPiece: true, IsLastPiece: true, Flag: MsrpFlag.Complete }
            && body.Length >= _ledger.TextLength
            && Marker.TryRead(body[^_ledger.TextLength..], out var marker))
        {
            _ledger.Take(this, marker, body, _loop.ReadAt);
        }
        else
        {
            _chunked.Take(this, frame, _loop.ReadAt);
        }
    }

    /// <summary>The connection or the dialog has ended, whichever is noticed first: who does not read sees no end of a connection.</summary>
    public void OnClosed(string reason)
    {
        if (IsStalled)
        {
            CutOffAt = CutOffAt == 0 ? Clock.Now : CutOffAt;
        }
        else if (IsListening)
        {
            LostBecause = reason;
            _ledger.CountLost();
            StopListening();
        }
        else if (!_bound.Task.IsCompleted)
        {
            LostBecause = reason;
            _bound.SetResult();
        }
    }

    /// <summary>Renders one chunk of a message of this member; <see cref="Flush"/> sends what was rendered.</summary>
    public void RenderChunk(TransactionKey key, ReadOnlySpan<byte> messageId, ReadOnlySpan<byte> body, int start, int length, FailureReport report)
    {
        var id = key.Write(stackalloc byte[TransactionKey.Length]);
        var end = start + length;

        // More than 2,048 octets must be interruptible, which "*" says (RFC 4975 section 7.1.1).
        var rangeEnd = length > 2048 ? OmaIm.Protocols.Msrp.Headers.ByteRange.Unknown : end;
        MsrpWriter.WriteRequestHead(_loop.Scratch, id, "SEND"u8, _remotePath, _localPath);
        MsrpWriter.WriteMessageHeaders(_loop.Scratch, messageId, new(start + 1, rangeEnd, body.Length), successReport: false, report);
        MsrpWriter.WriteContent(
            _loop.Scratch, "message/cpim"u8, body.Slice(start, length), id, end == body.Length ? MsrpFlag.Complete : MsrpFlag.More);
    }

    public void Flush() => _connection?.FlushScratch();

    /// <summary>Stops reading: what the server sends waits in TCP.</summary>
    public void Stall()
    {
        if (IsListening)
        {
            IsStalled = true;
            _connection?.Stall();
            StopListening();
        }
    }

    /// <summary>From here on the end of the session is no fault.</summary>
    public void Leave()
    {
        if (IsListening)
        {
            StopListening();
        }
    }

    /// <summary>Closes the connection, after <see cref="Leave"/>.</summary>
    public void Disconnect() => _connection?.Close();

    /// <summary>Dies: the connection is reset, and no BYE is sent.</summary>
    public void Kill()
    {
        Leave();
        _connection?.Reset();
    }

    // Only as the frame asks (RFC 4975 section 7.2).
    private void Answer(in MsrpFrame frame)
    {
        var isAsked = frame.Method == MsrpMethod.Send && frame.TryGetFailureReport(out var report) && report == FailureReport.Yes;
        if (isAsked && frame.IsLastPiece)
        {
            MsrpWriter.WriteResponse(_loop.Scratch, frame.TransactionId, 200, "OK"u8, MsrpPath.First(frame.FromPath), _localPath);
        }
    }

    private void OnResponse(in MsrpFrame frame)
    {
        if (!TransactionKey.TryRead(frame.TransactionId, out var key))
        {
            return;
        }

        switch (key.Kind)
        {
            case TransactionKind.Binding:
                OnBound(frame.StatusCode);
                break;
            case TransactionKind.Chat:
                Sender?.OnAnswer(key.Number, frame.StatusCode);
                break;
            case TransactionKind.Big:
                Room.Big?.OnAnswer(frame.StatusCode);
                break;
        }
    }

    private void OnBound(int? status)
    {
        if (status != 200)
        {
            LostBecause = $"the switch answered {status}";
        }
        else
        {
            IsListening = true;
            Room.Listeners++;
            if (Room.Senders.Count > 0)
            {
                // Who joins in the middle: the switch took him before it answered, so what is sent from here on must come.
                Sequences = new SequenceCheck([.. Room.Senders.Select(sender => sender.Sent)]);
            }
        }

        _bound.TrySetResult();
    }

    private void StopListening()
    {
        IsListening = false;
        Room.Listeners--;
        _ledger.Dismiss(this);
    }
}
