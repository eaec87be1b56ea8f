using System.Text;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Msrp.Headers;

namespace OmaIm.Stack.Msrp;

/// <summary>
/// One MSRP session: two paths that an offer and an answer have agreed on, and the connection that the first valid frame binds it to.
/// Made on any thread; its traffic belongs to its loop's thread.
/// </summary>
public sealed partial class MsrpSession
{
    /// <summary>The status codes by which a peer says that it has no such session, or has it on another connection.</summary>
    internal const int Gone = 481;
    internal const int BoundElsewhere = 506;

    private readonly byte[] _localPathBytes;
    private byte[] _remotePathBytes = [];
    private string _remotePath = "";
    private MsrpSender? _sender;
    private bool _isBound;
    private bool _hasEnded;
    private MsrpConnection? _waiting;
    private bool _hasGivenUpPath;

    internal MsrpSession(MsrpEndpoint endpoint, MsrpLoop loop, string sessionId, IMsrpSessionHandler handler)
    {
        Endpoint = endpoint;
        Loop = loop;
        SessionId = sessionId;
        _localPathBytes = Encoding.ASCII.GetBytes(endpoint.PathOf(sessionId));
        Handler = handler;
    }

    public MsrpEndpoint Endpoint { get; }

    /// <summary>The loop to which the session belongs for life.</summary>
    public MsrpLoop Loop { get; }

    /// <summary>The last part of the path: a letter for the loop, and 160 random bits, the session's only secret.</summary>
    public string SessionId { get; }

    /// <summary>This side's URI, for the SDP path attribute.</summary>
    public string LocalPath => Encoding.ASCII.GetString(_localPathBytes);

    /// <summary>The peer's SDP path attribute. A peer that connects before it is set waits until then.</summary>
    public string RemotePath
    {
        get => _remotePath;
        set
        {
            _remotePath = value;
            Volatile.Write(ref _remotePathBytes, Encoding.UTF8.GetBytes(value));
            Loop.Post(ReleaseWaiting);
        }
    }

    public IMsrpSessionHandler Handler { get; }

    /// <summary>Whatever the owner wants to find again with the session.</summary>
    public object? Tag { get; set; }

    /// <summary>Whether the owner wants to hear of answers, expected ones included; set before the session is bound.</summary>
    public bool HearsAnswers { get; init; }

    /// <summary>Bytes of a long frame that the owner takes at once; 0: as few as <see cref="MsrpLimits.Piece"/> says.</summary>
    public int LargestPiece { get; init; }

    /// <summary>The connection that carries the session; null before it is bound and after it has ended.</summary>
    public MsrpConnection? Connection { get; private set; }

    public ReadOnlySpan<byte> LocalPathBytes => _localPathBytes;

    public ReadOnlySpan<byte> RemotePathBytes => Volatile.Read(ref _remotePathBytes);

    /// <summary>Sends a message; call it from any thread. <see cref="OutgoingMessage.Completed"/> says how it ended.</summary>
    public void Send(OutgoingMessage message) => Loop.Post(() => SendNow(message));

    /// <summary>Sends a message, on the loop's thread.</summary>
    public void SendNow(OutgoingMessage message)
    {
        if (Connection is null)
        {
            message.Complete(OutgoingMessage.ConnectionLost);
            return;
        }

        (_sender ??= new MsrpSender(this)).Queue(message);
    }

    /// <summary>Gives a message up; of one that has begun and not ended, the peer is told to forget what it has (the flag "#"). Any thread.</summary>
    public void Abort(OutgoingMessage message) => Loop.Post(() =>
    {
        message.Complete(OutgoingMessage.Aborted);
        _sender?.Pump();
    });

    /// <summary>More is there of a message whose body is read while it is sent. Any thread.</summary>
    public void ContinueSending() => Loop.Post(() => _sender?.Pump());

    /// <summary>Asks for a nickname (RFC 7701 section 7.1); <paramref name="completed"/> hears the status code. Any thread.</summary>
    /// <exception cref="ArgumentException">It holds control characters.</exception>
    public void SendNickname(string nickname, Action<int> completed)
    {
        if (!MsrpGrammar.IsHeaderValue(nickname))
        {
            throw new ArgumentException("No header value.", nameof(nickname));
        }

        Loop.Post(() =>
        {
            if (Connection is null)
            {
                completed(OutgoingMessage.ConnectionLost);
                return;
            }

            (_sender ??= new MsrpSender(this)).SendNickname(nickname, (int status, in MsrpFrame _) => completed(status));
        });
    }

    /// <summary>
    /// Asks the relay, to which <see cref="MsrpEndpoint.ConnectRelayAsync"/> has connected the session, to let its messages through
    /// (RFC 4976 section 5.1). Any thread.
    /// </summary>
    /// <param name="relay">The relay's URI.</param>
    /// <param name="expires">Seconds that the permission shall hold; null leaves them to the relay.</param>
    /// <param name="authorization">The value of the Authorization header; null for none.</param>
    /// <param name="answered">Hears the answer.</param>
    /// <exception cref="ArgumentException">A value holds control characters.</exception>
    public void SendAuth(string relay, long? expires, string? authorization, MsrpAnswered answered)
    {
        if (!MsrpGrammar.IsHeaderValue(relay) || !MsrpGrammar.IsHeaderValue(authorization ?? ""))
        {
            throw new ArgumentException("No header value.", nameof(authorization));
        }

        Loop.Post(() =>
        {
            if (Connection is null)
            {
                answered(OutgoingMessage.ConnectionLost, default);
                return;
            }

            (_sender ??= new MsrpSender(this)).SendAuth(relay, expires, authorization, answered);
        });
    }

    /// <summary>
    /// Binds a session that is connected to its relay, once <see cref="RemotePath"/> names the relay and the peer behind it. Any thread.
    /// </summary>
    public void BindOverRelay() => Loop.Post(() =>
    {
        if (Connection is not null)
        {
            SendBinding();
        }
    });

    /// <summary>Ends the session and, when it was the last one there, its connection. Any thread.</summary>
    public void Close() => Loop.Post(() => CloseNow(MsrpCloseReason.Local));

    /// <summary>Ends the session, on the loop's thread.</summary>
    public void CloseNow(MsrpCloseReason reason)
    {
        var connection = Connection;
        End(reason);
        connection?.Detach(this);
    }

    /// <summary>
    /// Answers a request with 200 or with an error, as its Failure-Report asks (RFC 4975 section 7.2). An error ends the frame at once; a 200
    /// goes out when the last piece of the frame is in.
    /// </summary>
    public void Respond(in MsrpFrame frame, MsrpRejection rejection = MsrpRejection.None)
    {
        if (Connection is null)
        {
            return;
        }

        if (rejection != MsrpRejection.None)
        {
            Loop.ReportRejection(rejection, Connection.Remote);
            Connection.IgnoreRest(frame);
        }
        else if (!frame.IsLastPiece)
        {
            return;
        }

        if (MsrpFrameRules.IsAnswered(frame, rejection))
        {
            var isHopByHop = frame.Method == MsrpMethod.Send;
            Respond(frame.TransactionId, rejection, isHopByHop ? MsrpPath.First(frame.FromPath) : frame.FromPath, frame.ToPath);
        }
    }

    /// <summary>Answers a NICKNAME that has been kept by its transaction id; such a request travels end to end and so does its answer.</summary>
    public void Respond(ReadOnlySpan<byte> transactionId, MsrpRejection rejection)
    {
        if (Connection is null)
        {
            return;
        }

        if (rejection != MsrpRejection.None)
        {
            Loop.ReportRejection(rejection, Connection.Remote);
        }

        Respond(transactionId, rejection, RemotePathBytes, LocalPathBytes);
    }

    /// <summary>Reports on a whole message that this side received (RFC 4975 section 7.1.2).</summary>
    public void Report(ReadOnlySpan<byte> messageId, long length, MsrpRejection rejection)
    {
        if (Connection is null)
        {
            return;
        }

        Span<byte> id = stackalloc byte[TransactionIds.Length];
        Loop.TransactionIds.Next(id);
        var range = new ByteRange(1, length, length);
        MsrpWriter.WriteReport(
            Connection.BeginAnswer(), id, RemotePathBytes, LocalPathBytes, messageId, range, rejection.StatusCode(), rejection.Comment());
        Connection.EndAnswer();
    }

    /// <summary>Whether <paramref name="fromPath"/> is the peer's: the same session-ids hop by hop; hosts may differ behind a border controller.</summary>
    internal bool IsFrom(ReadOnlySpan<byte> fromPath)
    {
        var expected = RemotePathBytes;
        if (fromPath.SequenceEqual(expected))
        {
            return !expected.IsEmpty;
        }

        while (IsSameHop(MsrpPath.First(fromPath), MsrpPath.First(expected)))
        {
            fromPath = MsrpPath.Rest(fromPath);
            expected = MsrpPath.Rest(expected);
            if (fromPath.IsEmpty || expected.IsEmpty)
            {
                return fromPath.IsEmpty && expected.IsEmpty;
            }
        }

        return false;
    }

    private static bool IsSameHop(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        MsrpUri.TryParse(one, out var from) && MsrpUri.TryParse(other, out var remote)
        && !remote.SessionId.IsEmpty && from.SessionId.SequenceEqual(remote.SessionId) && from.IsSecure == remote.IsSecure;

    /// <summary>Whether the peer's path is still to come, so that <paramref name="connection"/> must wait for it. One connection may.</summary>
    internal bool WaitsForPath(MsrpConnection connection)
    {
        if (!RemotePathBytes.IsEmpty || _hasGivenUpPath || _hasEnded || (_waiting is { IsClosed: false } && _waiting != connection))
        {
            return false;
        }

        _waiting = connection;
        return true;
    }

    /// <summary>Others have waited for the peer's path with this session: what comes for it before it is known waits no more.</summary>
    internal void GiveUpPath()
    {
        _hasGivenUpPath = true;
        ReleaseWaiting();
    }

    private void ReleaseWaiting()
    {
        _waiting?.Resume(PauseReason.Path);
        _waiting = null;
    }

    internal bool TryBind(MsrpConnection connection)
    {
        if (_hasEnded || !connection.TryAttach(this))
        {
            return false;
        }

        Connection = connection;
        SetRelay(connection);
        return true;
    }

    /// <summary>Whether the peer is reached over a relay of his (RFC 4976).</summary>
    private bool IsBehindRelay => !MsrpPath.Rest(RemotePathBytes).IsEmpty;

    // Sessions of several loops may be bound over one connection: it only ever becomes a relay's.
    private void SetRelay(MsrpConnection connection)
    {
        if (IsBehindRelay)
        {
            connection.IsOfRelay = true;
        }
    }

    /// <summary>The peer has shown that it knows the session: by its first valid request, or by answering ours.</summary>
    internal void Confirm()
    {
        if (!_isBound)
        {
            _isBound = true;
            Handler.OnBound(this);
        }
    }

    /// <summary>Takes a request that is known to be this session's.</summary>
    internal void Take(in MsrpFrame frame)
    {
        var rejection = MsrpFrameRules.Check(frame);
        if (rejection != MsrpRejection.None)
        {
            Respond(frame, rejection);
            return;
        }

        Handler.OnFrame(this, frame);
    }

    /// <summary>Binds an outgoing connection: the peer learns of it by a SEND without a body, and its answer binds the session.</summary>
    internal void BindActively(MsrpConnection connection)
    {
        if (TryAttach(connection))
        {
            SetRelay(connection);
            SendBinding();
        }
    }

    /// <summary>
    /// Gives the session its connection to its own side's relay, which knows nothing of it yet. Nobody brings other sessions over it: what the
    /// relay lets through ends with the connection.
    /// </summary>
    internal void AttachToRelay(MsrpConnection connection) => TryAttach(connection);

    private bool TryAttach(MsrpConnection connection)
    {
        if (_hasEnded || Connection is not null || !connection.TryAttach(this))
        {
            connection.Close(MsrpCloseReason.Local);
            return false;
        }

        Connection = connection;
        return true;
    }

    private void SendBinding() => SendNow(OutgoingMessage.Binding(status =>
    {
        if (status == OutgoingMessage.Delivered)
        {
            Confirm();
        }
        else if (!_hasEnded)
        {
            CloseNow(MsrpCloseReason.SessionRefused);
        }
    }));

    /// <summary>Whether an answer may mean something to this session; deliveries of routes need none.</summary>
    internal bool AwaitsAnswers => _sender is { AwaitsAnswers: true };

    /// <summary>Takes the answer to something that this session sent; false when it sent nothing of the kind.</summary>
    internal bool TryTakeResponse(in MsrpFrame frame)
    {
        if (_sender?.TryTakeResponse(frame) ?? false)
        {
            return true;
        }

        if (!HearsAnswers || !Handler.TryTakeAnswer(this, frame.TransactionId, frame.StatusCode))
        {
            return false;
        }

        if (frame.StatusCode is Gone or BoundElsewhere)
        {
            CloseNow(MsrpCloseReason.SessionRefused);
        }

        return true;
    }

    internal void Bring()
    {
        CacheLines.Bring(_localPathBytes, 2);
        CacheLines.Bring(_remotePathBytes, 2);
        CacheLines.Bring(Handler, 2);
        CacheLines.Bring(Tag, 2);
    }

    internal void OnWritable()
    {
        _sender?.Pump();
        Handler.OnWritable(this);
    }

    internal void Sweep()
    {
        _sender?.Sweep();
        Handler.OnSweep(this);
    }

    internal void End(MsrpCloseReason reason)
    {
        if (_hasEnded)
        {
            return;
        }

        _hasEnded = true;
        ReleaseWaiting();
        ForgetDeferred();
        Connection = null;
        Endpoint.Remove(this);
        try
        {
            _sender?.End();
            Handler.OnClosed(this, reason);
        }
        catch (Exception exception)
        {
            // An owner that fails must not keep the other sessions of the connection from their end.
            Loop.ReportFailure(exception);
        }
    }

    private void Respond(ReadOnlySpan<byte> transactionId, MsrpRejection rejection, ReadOnlySpan<byte> toPath, ReadOnlySpan<byte> fromPath)
    {
        MsrpWriter.WriteResponse(Connection!.BeginAnswer(), transactionId, rejection.StatusCode(), rejection.Comment(), toPath, fromPath);
        Connection.EndAnswer();
    }
}
