using OmaIm.Client.Messages;
using OmaIm.Client.Signalling;
using OmaIm.Protocols.Sdp;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transactions;

namespace OmaIm.Client.Sessions;

/// <summary>The one-to-one sessions of a client: made, invited to, replaced. Lives on the control loop.</summary>
internal sealed class SessionTable(ImRuntime runtime, SessionParts parts, HandlerQueue handlers)
{
    /// <summary>Sessions at one time; beyond, this user is busy. 200: more than a user has windows.</summary>
    private const int Capacity = 200;

    /// <summary>Those of them to which one other user has invited: a quarter, so that no single one makes this user busy for all.</summary>
    private const int OfOnePeer = 50;

    /// <summary>How long the sender of a large message may say nothing. 60 s, twice what an answer may take: strangers are not waited for longer.</summary>
    private static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(60);

    private readonly HashSet<ChatSession> _sessions = [];

    /// <summary>Invitations that ring, or are being accepted, from the INVITE on.</summary>
    private readonly List<SessionInvitation> _invitations = [];

    /// <summary>Who is told of invitations.</summary>
    public Func<Action<SessionInvitation>?> Handler { get; init; } = () => null;

    public ChatSession[] ToArray() => [.. _sessions];

    public void Forget(ChatSession session) => _sessions.Remove(session);

    /// <summary>Invites a user and waits until the session stands.</summary>
    public Task<ChatSession> InviteAsync(SipUri peer, SessionOptions options, CancellationToken cancellationToken) =>
        InviteAsync(peer, SessionKind.Chat, options, begun: null, cancellationToken);

    /// <summary>Sends a message in large message mode.</summary>
    public Task<SentMessage> SendLargeAsync(
        SipUri to, string contentType, ReadOnlyMemory<byte> content, SendOptions options, CancellationToken cancellationToken)
    {
        var sending = new LargeMessageSending(runtime, parts.Options.LargeMessageAttempts, (peer, session, begun, cancelling) =>
            InviteAsync(peer, SessionKind.LargeMessage, session, begun, cancelling));
        return sending.SendAsync(to, contentType, content, options, cancellationToken);
    }

    private async Task<ChatSession> InviteAsync(
        SipUri peer, SessionKind kind, SessionOptions options, SealedMessage? begun, CancellationToken cancellationToken)
    {
        var isLarge = kind == SessionKind.LargeMessage;
        var session = new ChatSession(runtime, parts, peer, kind, isLarge ? MediaDirection.SendOnly : MediaDirection.SendReceive, options);
        await session.Link.InviteAsync(
            peer,
            invite =>
            {
                invite.Headers.Set(SipHeaderId.AcceptContact, isLarge ? ImFeatures.AcceptLargeMessage : ImFeatures.AcceptIm);
                if (options.Subject is { } subject)
                {
                    invite.Headers.Set(SipHeaderId.Subject, subject);
                }
            },
            begun,
            cancellationToken);
        return Enter(session);
    }

    /// <summary>Finds the session that an INVITE is to replace (RFC 3891 section 3); false when there is none and the INVITE is answered.</summary>
    public bool TryFindReplaced(ServerTransaction invite, out ChatSession? replaced)
    {
        replaced = null;
        if (!invite.Request.Headers.Contains(SipHeaderId.Replaces))
        {
            return true;
        }

        if (invite.Request.Headers.CountOf(SipHeaderId.Replaces) > 1 || invite.Request.Replaces is not { } replaces)
        {
            invite.Respond(400, "Bad Replaces");
            return false;
        }

        replaced = _sessions.FirstOrDefault(session => session.Link.Matches(replaces.CallId, replaces.ToTag, replaces.FromTag));
        if (replaced is null || replaces.EarlyOnly)
        {
            invite.Respond(replaced is null ? 481 : 486);
            return false;
        }

        return true;
    }

    /// <summary>An INVITE of another user.</summary>
    public void OnInvite(ServerTransaction invite, ChatSession? replaced)
    {
        var invitation = new SessionInvitation(runtime, invite, SessionOffer.Of(invite.Request), (accepted, options, cancellationToken) =>
            runtime.InvokeAsync(() => AcceptAsync(accepted, options, replaced, cancellationToken)));
        if (!HasRoomFor(invitation))
        {
            invite.Respond(486);
            return;
        }

        _invitations.Add(invitation);
        if (replaced is not null)
        {
            // RFC 3891 section 3: who replaces a session of ours is answered at once, as the user has answered the first one.
            Offer(invitation, rings: false);
        }
        else if (invitation.Kind == SessionKind.LargeMessage && !parts.Options.AskForLargeMessages)
        {
            TakeLarge(invitation);
        }
        else
        {
            Offer(invitation, rings: true);
        }
    }

    private bool HasRoomFor(SessionInvitation invitation)
    {
        _invitations.RemoveAll(other => other is { IsAccepting: false, Invite.IsAnswered: true }); // declined, withdrawn
        var ofThisPeer = _sessions.Count(session => !session.Link.IsCaller && session.Peer == invitation.From)
            + _invitations.Count(other => other.From == invitation.From);
        return _sessions.Count + _invitations.Count < Capacity && ofThisPeer < OfOnePeer;
    }

    private void Offer(SessionInvitation invitation, bool rings)
    {
        if (Handler() is { } handler && handlers.TryRun(() => handler(invitation)))
        {
            if (rings)
            {
                invitation.Invite.Respond(180);
            }
        }
        else
        {
            invitation.Invite.Respond(480);
        }
    }

    private async void TakeLarge(SessionInvitation invitation)
    {
        if (!parts.Inbox.IsWanted)
        {
            invitation.Invite.Respond(480);
            return;
        }

        try
        {
            EndWhenIdle(await AcceptAsync(invitation, new SessionOptions(), null, CancellationToken.None));
        }
        catch (ImException)
        {
            // The sender has heard of it in his answer, or by the end of the session.
        }
    }

    private async Task<ChatSession> AcceptAsync(
        SessionInvitation invitation, SessionOptions options, ChatSession? replaced, CancellationToken cancellationToken)
    {
        var session = new ChatSession(
            runtime, parts, SipUri.Parse(invitation.From), invitation.Kind, MediaDirection.SendReceive, options with { Subject = invitation.Subject });
        invitation.IsAccepting = true;
        try
        {
            await session.Link.AcceptAsync(invitation.Invite, SipUri.Parse(invitation.From), cancellationToken);
        }
        finally
        {
            _invitations.Remove(invitation);
        }

        replaced?.Replace();
        return Enter(session);
    }

    private void EndWhenIdle(ChatSession session)
    {
        if (session.IsClosed || session.Link.Leg is not { } leg)
        {
            return;
        }

        if (leg.Silence >= IdleTime)
        {
            session.Abandon();
            return;
        }

        runtime.Loop.Schedule(IdleTime - leg.Silence, () => EndWhenIdle(session));
    }

    private ChatSession Enter(ChatSession session)
    {
        if (!session.IsClosed)
        {
            _sessions.Add(session);
            session.Start();
        }

        return session;
    }
}
