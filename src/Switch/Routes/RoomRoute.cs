using OmaIm.Protocols.Msrp;
using OmaIm.Stack.Msrp;

namespace OmaIm.Switch.Routes;

/// <summary>
/// The MSRP switch of one room (RFC 7701): what one session says goes to all others, chunk by chunk as it comes. It knows addresses,
/// paths and limits, no policy: the focus lets members in and out. Members are added and heard on the thread of the room's loop only.
/// </summary>
public sealed class RoomRoute : IMsrpSessionHandler, IMsrpBatch
{
    /// <summary>From this size a chunk leaves from where it lies; a smaller one is copied, which costs less than a second piece.</summary>
    private const int GatheredBytes = 4096;

    /// <summary>Members whose state is brought near before the room has its turn; what follows is while it is served.</summary>
    private const int FewMembers = 4;

    private readonly RoomIntake _intake;
    private readonly IRoomRouteObserver _observer;
    private readonly Dictionary<string, Participant> _participants = new(StringComparer.Ordinal);
    private readonly List<(MsrpConnection Connection, LagCredit Lag)> _paused = [];
    private RoomMember[] _members = new RoomMember[8];
    private int _count;
    private Delivery[] _batch = new Delivery[16];
    private int _batchCount;
    private long _sequence;
    private int _restricted;

    public RoomRoute(MsrpEndpoint endpoint, string roomUri, RoomRouteOptions options, IRoomRouteObserver observer)
    {
        Endpoint = endpoint;
        Loop = endpoint.NextHome();
        RoomUri = roomUri;
        Options = options;
        _observer = observer;
        _intake = new RoomIntake(this);
    }

    public MsrpEndpoint Endpoint { get; }

    /// <summary>The loop of all sessions of the room.</summary>
    public MsrpLoop Loop { get; }

    /// <summary>The address that public messages carry in CPIM To.</summary>
    public string RoomUri { get; }

    public RoomRouteOptions Options { get; }

    /// <summary>Members who listen; for the loop's thread.</summary>
    public int ListenerCount => _count;

    /// <summary>Whether some member does not take every wrapped content type.</summary>
    internal bool HasRestrictedMembers => _restricted > 0;

    /// <summary>
    /// Makes a session for a new member: its local path goes into the SDP answer. He hears the room once his session is bound. Any thread.
    /// </summary>
    /// <param name="options">Who he is.</param>
    /// <param name="endpoint">Where he connects to, an endpoint of the same loops; null: that of the room.</param>
    /// <param name="former">
    /// The session of his that ends when this one is bound, so that he hears every message by one of the two, but for a long one under way just then;
    /// null for none.
    /// </param>
    public RoomMember Join(RoomMemberOptions options, MsrpEndpoint? endpoint = null, RoomMember? former = null) => new(this, endpoint ?? Endpoint, options, former);

    public void OnBound(MsrpSession session)
    {
        var member = Member(session);
        member.PreparePathLines();
        member.FirstHeard = _sequence + 1;
        if (_count == _members.Length)
        {
            Array.Resize(ref _members, _count * 2);
        }

        member.Slot = _count;
        _members[_count++] = member;
        Recount(member);
        if (!_participants.TryGetValue(member.Shown, out var participant))
        {
            _participants[member.Shown] = participant = new Participant(member.Shown);
        }

        participant.Members.Add(member);
        member.Participant = participant;
        EndFormer(member);
        _observer.OnMemberBound(member);
    }

    public void OnFrame(MsrpSession session, in MsrpFrame frame)
    {
        var member = Member(session);
        switch (frame.Method)
        {
            case MsrpMethod.Send:
                _intake.Take(member, frame);
                break;

            case MsrpMethod.Nickname when frame.IsLastPiece:
                AskForNickname(member, frame);
                break;

            default:
                // A member's REPORT ends here: the sender has dealt with the switch alone.
                break;
        }
    }

    public void OnClosed(MsrpSession session, MsrpCloseReason reason)
    {
        var member = Member(session);
        if (member.Slot >= 0)
        {
            StopListening(member);
            _intake.AbortAll(member);
            ResumePaused();
        }

        _observer.OnMemberGone(member, reason);
    }

    public void Expect(MsrpSession session)
    {
        CacheLines.Bring(_intake, 1);
        CacheLines.Bring(_batch, 2);
        for (var i = 0; i < Math.Min(_count, FewMembers); i++)
        {
            CacheLines.Bring(_members[i], 3);
        }
    }

    public void Expect()
    {
        for (var i = 0; i < Math.Min(_count, FewMembers); i++)
        {
            _members[i].BringPaths();
            CacheLines.Bring(_members[i].Session.Connection, 5);
        }
    }

    public void OnWritable(MsrpSession session) => ResumePaused();

    public void OnSweep(MsrpSession session)
    {
        if (Member(session).Slot == 0)
        {
            ResumePaused();
        }
    }

    /// <summary>One write a member: its pending answers, then every chunk of the batch that concerns it.</summary>
    public void Flush()
    {
        try
        {
            for (var i = 0; i < _count; i++)
            {
                BringAhead(i);
                TryDeliver(_members[i]);
            }

            PauseStreams();
        }
        finally
        {
            Array.Clear(_batch, 0, _batchCount);
            _batchCount = 0;
        }
    }

    internal long NextSequence() => ++_sequence;

    /// <summary>Counts a member who listens, or does no longer, by what he takes now.</summary>
    internal void Recount(RoomMember member)
    {
        var isRestricted = member.Slot >= 0 && member.Options.AcceptWrappedTypes is not null;
        _restricted += (isRestricted ? 1 : 0) - (member.IsRestricted ? 1 : 0);
        member.IsRestricted = isRestricted;
    }

    internal Participant? FindParticipant(string aor) => _participants.GetValueOrDefault(aor);

    /// <summary>Notes a rendered chunk for the flush.</summary>
    internal void Note(in Delivery delivery)
    {
        if (_batchCount == _batch.Length)
        {
            Array.Resize(ref _batch, _batchCount * 2);
        }

        if (_batchCount == 0)
        {
            Loop.MarkDirty(this);
        }

        _batch[_batchCount++] = delivery;
        if (delivery.IsStream && delivery.Sender.Session.Connection is { } connection)
        {
            (delivery.Sender.Lag ??= new LagCredit(Loop, Options)).Earn(delivery.Length);
            Loop.NoteStream(connection, (long)delivery.Length * _count);
        }
        else
        {
            Loop.NoteCopies(delivery.Length, _count);
        }
    }

    private void AskForNickname(RoomMember member, in MsrpFrame frame)
    {
        var rejection = NicknameRequest.TryRead(member, frame, out var request);
        if (request is null)
        {
            member.Session.Respond(frame, rejection);
        }
        else
        {
            _observer.OnNickname(member, request);
        }
    }

    private static RoomMember Member(MsrpSession session) => (RoomMember)session.Tag!;

    // What fails for one member costs him his session, and nobody else a message.
    private void TryDeliver(RoomMember member)
    {
        try
        {
            Deliver(member);
        }
        catch (Exception exception)
        {
            Loop.ReportFailure(exception);
            member.Session.Connection?.CloseLater(MsrpCloseReason.TransportError);
        }
    }

    private void Deliver(RoomMember member)
    {
        var connection = member.Session.Connection!;
        if (connection.IsBlocked && !connection.CanTake(Measure(member) + connection.AnswerBytes))
        {
            connection.CloseLater(MsrpCloseReason.SlowReader);
            return;
        }

        var count = 0;
        var paths = member.PathLines;
        foreach (ref readonly var delivery in _batch.AsSpan(0, _batchCount))
        {
            if (!Concerns(member, delivery))
            {
                continue;
            }

            if (count++ == 0)
            {
                TakeAnswers(connection);
            }

            var frame = Loop.Arena.Slice(delivery.Start, delivery.Length);
            var head = Delivery.StartLineLength + paths.Length;
            var isGathered = delivery.Length >= GatheredBytes;
            var output = connection.GetSpan(isGathered ? head : head + frame.Length - Delivery.StartLineLength);
            frame[..Delivery.StartLineLength].CopyTo(output);
            paths.CopyTo(output[Delivery.StartLineLength..]);
            if (isGathered)
            {
                connection.Advance(head);
                connection.AppendArena(delivery.Start + Delivery.StartLineLength, frame.Length - Delivery.StartLineLength);
            }
            else
            {
                frame[Delivery.StartLineLength..].CopyTo(output[head..]);
                connection.Advance(paths.Length + frame.Length);
            }
        }

        if (count > 0)
        {
            connection.Flush();
            Loop.Statistics.Deliveries += count;
        }
    }

    private void BringAhead(int index)
    {
        if (index + 6 < _count)
        {
            CacheLines.Bring(_members[index + 6], 3);
        }

        if (index + 4 < _count)
        {
            _members[index + 4].BringPaths();
        }

        if (index + 2 < _count)
        {
            CacheLines.Bring(_members[index + 2].Session.Connection, 5);
        }
    }

    private static void TakeAnswers(MsrpConnection connection)
    {
        if (connection.AnswerBytes > 0)
        {
            connection.Advance(connection.TakeAnswers(connection.GetSpan(connection.AnswerBytes)));
        }
    }

    private int Measure(RoomMember member)
    {
        var size = 0;
        foreach (ref readonly var delivery in _batch.AsSpan(0, _batchCount))
        {
            size += Concerns(member, delivery) ? delivery.Length + member.PathLines.Length : 0;
        }

        return size;
    }

    private static bool Concerns(RoomMember member, in Delivery delivery)
    {
        if (delivery.Sender == member || delivery.Sequence < member.FirstHeard)
        {
            return false;
        }

        if (delivery.Only is not null && (delivery.Only != member.Participant || !(member.Options.PrivateMessages || delivery.IsReceipt)))
        {
            return false;
        }

        if (delivery.Size > member.Options.MaximumMessageSize)
        {
            return false;
        }

        return delivery.WrappedType is null || member.Options.AcceptWrappedTypes is null
            || WrappedTypes.Accepts(member.Options.AcceptWrappedTypes, delivery.WrappedType);
    }

    /// <summary>
    /// A long message is read no faster than the members take it: its sender pauses while somebody who is not stalled lags behind, for as long
    /// as <see cref="LagCredit"/> allows. Messages of one chunk never wait.
    /// </summary>
    private void PauseStreams()
    {
        var batch = _batch.AsSpan(0, _batchCount);
        var first = 0;
        while (first < batch.Length && !batch[first].IsStream)
        {
            first++;
        }

        if (first == batch.Length || !HasLaggards())
        {
            return;
        }

        foreach (ref readonly var delivery in batch[first..])
        {
            if (delivery.IsStream && delivery.Sender is { Lag: { IsSpent: false } lag, Session.Connection: { } connection }
                && !connection.IsPausedFor(PauseReason.Laggards))
            {
                connection.Pause(PauseReason.Laggards);
                lag.BeginWaiting();
                _paused.Add((connection, lag));
            }
        }
    }

    private bool HasLaggards()
    {
        for (var i = 0; i < _count; i++)
        {
            var connection = _members[i].Session.Connection!;
            if (connection.IsBlocked && connection.Backlog >= connection.OutboxBytes / 4 && connection.BlockedFor < Options.Stall)
            {
                return true;
            }
        }

        return false;
    }

    private void ResumePaused()
    {
        if (_paused.Count == 0)
        {
            return;
        }

        var waits = HasLaggards();
        var kept = 0;
        for (var i = 0; i < _paused.Count; i++)
        {
            var (connection, lag) = _paused[i];
            if (waits && !lag.IsSpent)
            {
                _paused[kept++] = _paused[i];
                continue;
            }

            lag.EndWaiting();
            connection.Resume(PauseReason.Laggards);
        }

        _paused.RemoveRange(kept, _paused.Count - kept);
    }

    // What waits for the flush is the last that he hears by his former session.
    private void EndFormer(RoomMember member)
    {
        if (member.Former is not { } former)
        {
            return;
        }

        member.Former = null;
        if (_batchCount > 0)
        {
            Flush();
        }

        former.Session.CloseNow(MsrpCloseReason.Local);
    }

    private void StopListening(RoomMember member)
    {
        var last = _members[--_count];
        _members[member.Slot] = last;
        last.Slot = member.Slot;
        _members[_count] = null!;
        member.Slot = -1;
        Recount(member);
        member.Participant!.Members.Remove(member);
        if (member.Participant.Members.Count == 0)
        {
            _participants.Remove(member.Shown);
        }
    }
}
