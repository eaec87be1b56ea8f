using System.Runtime.CompilerServices;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Text;

namespace OmaIm.Stack.Msrp;

/// <summary>The reading half of a connection: frames are cut, and find their session or the error answer that says why not.</summary>
internal sealed class MsrpInput(MsrpConnection connection)
{
    private readonly MsrpDecoder _decoder = new(connection.Loop.Limits);
    private MsrpInputClock _clock = new(connection.Loop.Time.GetTimestamp());
    private EndedSessions? _ended;
    private int _failures;
    private long _failingSince;
    private bool _isRefusing;

    /// <summary>Whether the last read stopped before its bytes did: because of a pause, or to let the loop flush.</summary>
    public bool HasStoppedEarly { get; private set; }

    private MsrpLoop Loop => connection.Loop;

    /// <summary>Reads frames from <paramref name="data"/>; returns how many bytes are used up.</summary>
    public int Read(ReadOnlySpan<byte> data)
    {
        var at = 0;
        HasStoppedEarly = false;
        _decoder.LargestPiece = connection.Sessions is { Count: 1, First.LargestPiece: > 0 and var largest } ? largest : Loop.Limits.Piece;
        while (!connection.IsClosed && !connection.IsClosing)
        {
            if (connection.IsPaused || Loop.IsFull)
            {
                HasStoppedEarly = true;
                break;
            }

            if (!_decoder.IsInsideFrame && connection.Sessions.First is { AwaitsAnswers: false } session
                && ExpectedAnswer.TryMatch(data[at..], session, out var length))
            {
                if (session.HearsAnswers)
                {
                    session.Handler.TryTakeAnswer(session, ExpectedAnswer.TransactionId(data[at..]), OutgoingMessage.Delivered);
                }

                at += length;
                Loop.Statistics.FramesReceived++;
                continue;
            }

            var goesOn = TryReadFrame(data[at..], out var consumed);
            at += consumed;
            if (!goesOn)
            {
                break;
            }
        }

        _clock.Note(data.Length - at, at, insideFrame: at < data.Length || _decoder.IsInsideFrame, Loop.Time);
        return at;
    }

    // Apart from the loop around it: a frame is a large struct that is cleared on entry, and most of what comes in are expected answers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool TryReadFrame(ReadOnlySpan<byte> data, out int consumed)
    {
        var status = _decoder.Read(data, out consumed, out var frame, out var rejection);
        if (status == ParseStatus.NeedMoreData)
        {
            return false;
        }

        if (status == ParseStatus.Malformed)
        {
            RefuseFraming(frame, rejection);
            return false;
        }

        var elsewhere = LoopElsewhere(frame);
        if (elsewhere is null ? MustWait(frame) : frame.IsFirstPiece && (connection.TryPrepareMove(elsewhere) || connection.MustAsk(elsewhere)))
        {
            Unread(out consumed);
            return false;
        }

        var bytes = data[..consumed];
        if (elsewhere is null || _isRefusing || !connection.Crossings.TryForward(elsewhere, bytes))
        {
            Loop.Statistics.FramesReceived++;
            if (!Take(frame, bytes))
            {
                Unread(out consumed);
                return false;
            }
        }

        return true;
    }

    // As if the frame had not been read at all.
    private void Unread(out int consumed)
    {
        _decoder.Reset();
        consumed = 0;
        HasStoppedEarly = true;
    }

    /// <summary>The peer has closed its end: cleanly between frames, or else something is missing. It still gets its answers.</summary>
    public void End(int unread)
    {
        if (connection.IsClosing)
        {
            return;
        }

        if (connection.EndOfCarrier is { } reason)
        {
            connection.CloseWhenFlushed(reason);
            return;
        }

        var truncated = unread > 0 || _decoder.IsInsideFrame;
        if (truncated)
        {
            Loop.ReportRejection(MsrpRejection.Truncated, connection.Remote);
        }

        connection.EndInput(truncated ? MsrpCloseReason.Truncated : MsrpCloseReason.PeerClosed);
    }

    /// <summary>Whether the input comes too slowly: then the reason to close the connection.</summary>
    public MsrpCloseReason? CheckPace() =>
        _clock.Check(isBound: connection.HasSessions || connection.IsDeserted, isRead: !connection.IsPaused, Loop.Options, Loop.Time);

    /// <summary>Begins to count anew: while the connection was not read, its peer could not be slow.</summary>
    public void RestartPace() => _clock.Restart(Loop.Time);

    /// <summary>
    /// The rest of the frame that is being read needs no owner: it has had its answer. One that has waited is whole, and not the one that is
    /// being read.
    /// </summary>
    public void IgnoreRest(in MsrpFrame frame) => _isRefusing |= !frame.IsLastPiece;

    /// <summary>A session of the connection, which goes on, has ended: what still comes for it is late.</summary>
    public void NoteEnd(string sessionId) => (_ended ??= new EndedSessions(Loop)).Add(sessionId, connection.SessionLimit);

    public void Bring() => CacheLines.Bring(_decoder, 3);

    /// <summary>Gives back what a frame that will never end still holds.</summary>
    public void Release() => _decoder.Reset();

    // The other loop whose session a request names; of an answer only the transaction id counts.
    private MsrpLoop? LoopElsewhere(in MsrpFrame frame)
    {
        var endpoint = connection.Endpoint;
        if (!endpoint.HasSeveralLoops || !frame.IsRequest || IsOfFirstSession(frame.ToPath))
        {
            return null;
        }

        var loop = endpoint.LoopOf(frame.ToPath);
        return loop == Loop ? null : loop;
    }

    // A peer that was invited may connect, or use the connection that he has, before the answer with his path is here: his first frame stays
    // unread until then.
    private bool MustWait(in MsrpFrame frame)
    {
        var isWholeRequest = frame.IsRequest && frame.IsFirstPiece && frame.IsLastPiece;
        if (!isWholeRequest || IsOfFirstSession(frame.ToPath) || Find(frame.ToPath) is not { } session || !session.WaitsForPath(connection))
        {
            return false;
        }

        connection.WaitForPath(session);
        return true;
    }

    private bool Take(in MsrpFrame frame, ReadOnlySpan<byte> bytes)
    {
        if (_isRefusing)
        {
            // The rest of a frame that has had its error answer.
            _isRefusing = !frame.IsLastPiece;
            return true;
        }

        try
        {
            if (frame.Method != MsrpMethod.Response)
            {
                return TakeRequest(frame, bytes);
            }

            TakeResponse(frame, bytes);
        }
        catch (Exception exception)
        {
            Loop.ReportFailure(exception);
        }

        return true;
    }

    // The order of the checks is RFC 4975 section 7.3's: session, connection, method, sender; the content is the owner's business.
    private bool TakeRequest(in MsrpFrame frame, ReadOnlySpan<byte> bytes)
    {
        var session = Find(frame.ToPath);
        if (session is null || !session.IsFrom(frame.FromPath))
        {
            RefuseSession(frame, MsrpRejection.NoSuchSession);
            return true;
        }

        if (session.Connection != connection)
        {
            if (session.Connection is not null)
            {
                RefuseSession(frame, MsrpRejection.BoundElsewhere);
                return true;
            }

            if (!session.TryBind(connection))
            {
                // One too many: the peer has guessed nothing.
                Refuse(frame, MsrpRejection.NoSuchSession);
                return true;
            }
        }

        session.Confirm();
        if (session.Defers(frame))
        {
            if (session.TryPutAside(frame, bytes))
            {
                return true;
            }

            if (session.TryHold())
            {
                return false;
            }
        }

        session.Take(frame);
        return true;
    }

    // An answer is known by its transaction id alone: peers exist that swap its paths. One that nobody waits for is dropped (peers answer
    // even REPORTs), unless it says that the session is gone.
    private void TakeResponse(in MsrpFrame frame, ReadOnlySpan<byte> bytes)
    {
        // A relay reads the paths that it writes, and brings a thousand sessions: of its answers no other than the one that is named is asked.
        var named = Find(frame.ToPath) is { } session && session.Connection == connection ? session : null;
        if (named?.TryTakeResponse(frame) == true || (!connection.IsOfRelay && IsTakenByAny(frame)))
        {
            return;
        }

        if (frame.StatusCode is MsrpSession.Gone or MsrpSession.BoundElsewhere && named is not null)
        {
            named.CloseNow(MsrpCloseReason.SessionRefused);
        }
        else if (connection.HasCrossings)
        {
            connection.Crossings.ForwardAnswer(connection.Endpoint.LoopOf(frame.ToPath), bytes);
        }
    }

    private bool IsTakenByAny(in MsrpFrame frame)
    {
        for (var i = 0; i < connection.Sessions.Count; i++)
        {
            if (connection.Sessions[i].TryTakeResponse(frame))
            {
                return true;
            }
        }

        return false;
    }

    private MsrpSession? Find(ReadOnlySpan<byte> toPath) => IsOfFirstSession(toPath) ? connection.Sessions.First : connection.Endpoint.Find(Loop, toPath);

    private bool IsOfFirstSession(ReadOnlySpan<byte> toPath) => connection.Sessions.First is { } first && toPath.SequenceEqual(first.LocalPathBytes);

    // A relay passes on what its clients invent, and is not cut off for it: the others that it brings have done nothing, and an id of 160 bits is not guessed.
    private void RefuseSession(in MsrpFrame frame, MsrpRejection rejection)
    {
        var isPath = MsrpUri.TryParse(MsrpPath.First(frame.ToPath), out _) && MsrpUri.TryParse(MsrpPath.First(frame.FromPath), out _);
        Refuse(frame, isPath ? rejection : MsrpRejection.PathMalformed);
        if (!connection.IsOfRelay && !IsLate(frame.ToPath) && IsOneTooMany())
        {
            connection.CloseWhenFlushed(MsrpCloseReason.TooManyFailures);
        }
    }

    private bool IsLate(ReadOnlySpan<byte> toPath) =>
        _ended is not null && connection.Endpoint.TryGetSessionId(toPath, out var sessionId) && _ended.Contains(sessionId);

    // A connection that lives for days may fail now and then.
    private bool IsOneTooMany()
    {
        if (_failures == 0 || Loop.Time.GetElapsedTime(_failingSince) > Loop.Options.Transaction)
        {
            _failingSince = Loop.Time.GetTimestamp();
            _failures = 0;
        }

        return ++_failures > Loop.Options.Failures;
    }

    private void RefuseFraming(in MsrpFrame frame, MsrpRejection rejection)
    {
        Refuse(frame, rejection);
        connection.CloseWhenFlushed(MsrpCloseReason.FramingError);
    }

    // Answers what no session can answer, with the request's own paths as far as they are paths.
    private void Refuse(in MsrpFrame frame, MsrpRejection rejection)
    {
        Loop.ReportRejection(rejection, connection.Remote);
        _isRefusing = !frame.IsLastPiece && !rejection.ClosesConnection();
        var sender = MsrpPath.First(frame.FromPath);
        if (MsrpFrameRules.IsAnswered(frame, rejection) && MsrpUri.TryParse(sender, out _))
        {
            var self = MsrpPath.First(frame.ToPath);
            self = MsrpUri.TryParse(self, out _) ? self : connection.Endpoint.OwnPath;
            MsrpWriter.WriteResponse(
                connection.BeginAnswer(), frame.TransactionId, rejection.StatusCode(), rejection.Comment(), sender, self);
            connection.EndAnswer();
        }
    }
}
