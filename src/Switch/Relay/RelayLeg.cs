using System.Buffers;
using OmaIm.Protocols.Msrp;
using OmaIm.Stack.Msrp;

namespace OmaIm.Switch.Relay;

/// <summary>
/// One side of a relayed session. Its peer is read as long as the other side is there and takes what he says, so that a slow receiver
/// slows down his own sender, by TCP, and nobody else. Where the sender's connection carries others, too, it is read on: what comes for the
/// slow receiver waits unanswered, within a limit, and is refused beyond.
/// </summary>
public sealed class RelayLeg
{
    /// <summary>
    /// Bytes of a long frame that go on at once. 64 KiB: a send of it costs little for each byte, and what one flush may leave in a full
    /// connection's outbox stays below its limit.
    /// </summary>
    private const int LargestPiece = 64 * 1024;

    private volatile MsrpSession _session;
    private byte[] _pathLines = [];
    private bool _isHeld;

    internal RelayLeg(RelayRoute route, MsrpEndpoint endpoint)
    {
        Route = route;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(route.Options.MaximumUnanswered, UnansweredChunks.Maximum, nameof(route));
        Unanswered = new UnansweredChunks(route.Options.MaximumUnanswered);
        Messages = new RelayedMessages(route.Options.MaximumOpenMessages);
        _session = CreateSession(endpoint);
    }

    public RelayRoute Route { get; }

    /// <summary>The leg on the other side.</summary>
    public RelayLeg Other => Route.First == this ? Route.Second : Route.First;

    /// <summary>
    /// The MSRP session: its local path goes into the SDP for this side, its remote path is set once the SDP of this side is known.
    /// <see cref="Renew"/> replaces it.
    /// </summary>
    public MsrpSession Session => _session;

    /// <summary>Whom this side's message/cpim may name as their sender; null: whomever.</summary>
    internal CpimSenders? Senders { get; private set; }

    /// <summary>The session that is bound at present, and its connection; for the loop's thread, as all that follows.</summary>
    internal MsrpSession? Bound { get; private set; }

    internal MsrpConnection? Connection { get; private set; }

    /// <summary>The start of every request to this side, behind the method.</summary>
    internal ReadOnlySpan<byte> PathLines => _pathLines;

    /// <summary>What this side has been sent and has not answered.</summary>
    internal UnansweredChunks Unanswered { get; }

    /// <summary>What this side has begun to say.</summary>
    internal RelayedMessages Messages { get; }

    /// <summary>Whether this side has got, and answered, all that it can be expected to.</summary>
    internal bool IsDrained => Connection is not { } connection || (!connection.IsBlocked && connection.AnswerBytes == 0 && !Unanswered.IsWaiting);

    /// <summary>When this side last showed that it keeps up, in the route's seconds: answers that are late because it is slow are not missing.</summary>
    internal int Progress { get; set; }

    /// <summary>Whether answers of this side may be on their way that cannot have come yet.</summary>
    internal bool MayBeLate => Connection is { } connection && (connection.IsBlocked || connection.IsPaused);

    /// <summary>Makes a fresh session, with a new path, for a leg that was lost; one that was not is ended without a word. Any thread.</summary>
    /// <param name="endpoint">Where it is reached, an endpoint of the same loops; null: where it was.</param>
    public MsrpSession Renew(MsrpEndpoint? endpoint = null)
    {
        var former = _session;
        _session = CreateSession(endpoint ?? former.Endpoint);
        former.Close();
        return _session;
    }

    /// <summary>
    /// Has this side's message/cpim refused that are from somebody whom <paramref name="rule"/> does not allow. It is asked on the loop's
    /// thread, once for each name in turn. Call it before the session's path is given away.
    /// </summary>
    public void CheckSenders(SenderRule rule) => Senders = new CpimSenders(rule);

    internal void Bind(MsrpSession session)
    {
        Bound = session;
        Connection = session.Connection;
        Progress = Route.Now;
        var output = new ArrayBufferWriter<byte>(256);
        MsrpWriter.WritePaths(output, session.RemotePathBytes, session.LocalPathBytes);
        _pathLines = output.WrittenSpan.ToArray();
    }

    internal void Unbind()
    {
        Hold(false);
        Bound = null;
        Connection = null;
    }

    /// <summary>Reads this side, or not, as things are now.</summary>
    internal void Pace()
    {
        if (Bound is not { } bound)
        {
            return;
        }

        // What has begun to wait does so until nothing is in front of it: then there is room for it.
        var isAlone = bound.IsAlone;
        var isAbsent = Other.Bound is null && !Route.IsEnding;
        bound.DefersContent = isAbsent || (!isAlone && Other.IsBehind) || (bound.DefersContent && Other.IsBlocked);
        Hold(IsChoked || (isAlone && (Other.IsBlocked || OtherOwesTooMuch)));
    }

    /// <summary>Whether more waits for this side's answers, or for its connection, than one that cannot be paused should add to.</summary>
    internal bool IsBehind => Unanswered.IsFull || (IsBlocked && Connection!.Backlog + Connection.AnswerBytes >= Connection.OutboxBytes / 2);

    private bool IsBlocked => Connection is { IsBlocked: true };

    /// <summary>
    /// Whether the other side has too much to answer to be sent more. Not while this side owes as much: not read, it could not answer either,
    /// and the two would wait for each other for ever.
    /// </summary>
    private bool OtherOwesTooMuch => Other.Unanswered.IsFull && !Unanswered.IsFull;

    /// <summary>
    /// Whether answers alone would soon fill the outbox of a peer who sends and does not read: then his connection is not read, whatever it
    /// carries, until he takes them or is cut off.
    /// </summary>
    internal bool IsChoked => IsBlocked && Connection!.Backlog + Connection.AnswerBytes >= Connection.OutboxBytes / 8 * 7;

    /// <summary>Has what the other side's frames will touch brought near.</summary>
    internal void Bring()
    {
        CacheLines.Bring(this, 2);
        CacheLines.Bring(Connection, 4);
        CacheLines.Bring(_pathLines, 3);
        Unanswered.Bring();
    }

    private void Hold(bool holds)
    {
        if (holds == _isHeld)
        {
            return;
        }

        _isHeld = holds;
        if (holds)
        {
            Connection!.Hold();
        }
        else
        {
            Progress = Route.Now;
            Connection!.Release();
        }
    }

    private MsrpSession CreateSession(MsrpEndpoint endpoint)
    {
        var session = endpoint.CreateSession(Route, Route.Loop, hearsAnswers: true, LargestPiece);
        session.Tag = this;
        return session;
    }
}
