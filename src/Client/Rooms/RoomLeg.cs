using OmaIm.Client.Signalling;
using OmaIm.Protocols.Sdp;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;

namespace OmaIm.Client.Rooms;

/// <summary>
/// One stay in a room: the dialog with the focus and the MSRP session with the switch, made together and ended together.
/// A <see cref="RoomSession"/> outlives it by making a new one. Lives on the control loop.
/// </summary>
internal sealed class RoomLeg
{
    private static readonly TimeSpan ByeGrace = TimeSpan.FromMilliseconds(100);

    private readonly ImRuntime _runtime;
    private readonly UserAgent _agent;
    private readonly IncomingMessages _incoming;
    private readonly Action<RoomLeg, LegEnd> _onEnded;
    private readonly InviteDialog _dialog;
    private readonly JoinOptions _options;
    private SipFlow? _flow;
    private LegEnd? _end;
    private bool _isJoined;

    public RoomLeg(ImRuntime runtime, UserAgent agent, JoinOptions options, IncomingMessages incoming, Action<RoomLeg, LegEnd> onEnded)
    {
        _runtime = runtime;
        _agent = agent;
        _options = options;
        _incoming = incoming;
        _onEnded = onEnded;
        _dialog = new InviteDialog(agent, runtime.Loop, OnDialogEnded);
    }

    /// <summary>Whether it is over, for whatever reason.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>The focus's goodbye for good, which may come behind the end of the connection, or of the stay; null when there was none.</summary>
    public LegEnd? Dismissal => _dialog.Goodbye is { } bye && EndBy(bye) is { IsDeliberate: true } end ? end : null;

    /// <summary>The way of the messages; from the offer on.</summary>
    public SwitchSession? Messages { get; private set; }

    /// <summary>Joins, and returns the room's URI, which the factory alone knows when the room is new.</summary>
    public async Task<SipUri> JoinAsync(SipUri target, RoomInvitees invitees, CancellationToken cancellationToken)
    {
        try
        {
            _flow = await _agent.ConnectAsync(cancellationToken);
            var offer = MsrpOfferAnswer.Offer(await OpenAsync(_flow, _agent.MsrpTls is not null, cancellationToken)).ToBytes();
            var response = await _dialog.InviteAsync(target, _flow, offer, invite => invitees.Fill(invite, offer), cancellationToken);
            if (!SessionDescription.TryParse(response.Body.Span, out var answer) || !MsrpOfferAnswer.TryReadAnswer(answer, out var remote))
            {
                throw ImException.ProtocolViolation("the answer describes no MSRP session");
            }

            if (remote.Protocol != (Messages!.Session.Endpoint.IsSecure ? MsrpMedia.OverTls : MsrpMedia.OverTcp))
            {
                throw ImException.ProtocolViolation("the answer is about another transport than the offer");
            }

            var room = response.Contact?.Uri ?? target;
            await ConnectAsync(room, remote, cancellationToken);
            return room;
        }
        catch
        {
            _ = EndAsync();
            throw;
        }
    }

    /// <summary>Joins because the focus asks.</summary>
    public async Task AcceptAsync(ServerTransaction invite, SipUri room, CancellationToken cancellationToken)
    {
        try
        {
            ThrowIfWithdrawn(invite);
            _flow = invite.Flow;
            if (!_flow.IsOpen)
            {
                throw ImException.Unreachable("the SIP connection was lost");
            }

            if (!SessionDescription.TryParse(invite.Request.Body.Span, out var offer))
            {
                invite.Respond(400, "Bad Session Description");
                throw ImException.ProtocolViolation("the offer cannot be read");
            }

            var outcome = MsrpOfferAnswer.Answer(offer, await OpenAsync(invite.Flow, MsrpOfferAnswer.WantsTls(offer), cancellationToken));
            ThrowIfWithdrawn(invite);
            if (!outcome.IsAccepted || outcome.LocalRole != SetupRole.Active)
            {
                // This side has no listener: it can only connect.
                invite.Respond(488, outcome.IsAccepted ? "Only setup:active" : MsrpOfferAnswer.Phrase(outcome.Rejection));
                throw ImException.ProtocolViolation("the offer does not fit");
            }

            await _dialog.AcceptAsync(invite, outcome.Answer.ToBytes(), cancellationToken);
            await ConnectAsync(room, outcome.Remote, cancellationToken);
        }
        catch
        {
            _ = EndAsync();
            throw;
        }
    }

    /// <summary>REFER to the focus (RFC 4579 sections 5.5 and 5.11): it shall send <paramref name="method"/> to a user.</summary>
    public async Task ReferAsync(SipUri user, SipMethod? method, CancellationToken cancellationToken)
    {
        var target = method is { } name ? user.With("method", name.Name) : user;
        var response = await _dialog.SendAsync(
            SipMethod.Refer,
            refer =>
            {
                refer.Headers.Set(SipHeaderId.ReferTo, $"<{target}>");
                refer.Headers.Set(SipHeaderId.ReferredBy, $"<{_agent.Identity}>");

                // RFC 4488: the roster tells the outcome; no subscription of its own is needed.
                refer.Headers.Set(SipHeaderId.ReferSub, "false");
                refer.Headers.Set(SipHeaderId.Supported, "norefersub");
            },
            cancellationToken);
        if (response.StatusCode is < 200 or > 299)
        {
            throw ImException.FromSip(response.StatusCode, response.ReasonPhrase);
        }
    }

    /// <summary>
    /// Leaves; nothing more is reported. The connection is closed behind the answer to the BYE: before it, the room would take the close
    /// for a failure.
    /// </summary>
    public async Task EndAsync()
    {
        HasEnded = true;
        await _dialog.ByeAsync();
        Messages?.Close();
    }

    /// <summary>The stay is lost, for a reason that lies outside of it.</summary>
    public void Lose(string reason) => Finish(new LegEnd(reason, IsDeliberate: false));

    /// <summary>The same, if the connection that it is made over is no longer there; it may be another one that was lost.</summary>
    public void LoseFlow(string reason)
    {
        if (_flow is { IsOpen: false })
        {
            Lose(reason);
        }
    }

    /// <summary>
    /// What this side says of itself: it connects (RFC 6135), takes CPIM with anything inside (RFC 7701 section 6.1), and knows nicknames and
    /// private messages (section 8).
    /// </summary>
    internal static MsrpLocal Describe(string host, int port, string path, long maxMessageSize) => new()
    {
        Origin = SdpOrigin.Create(host),
        Media = new MsrpMedia
        {
            Host = host,
            Port = port,
            Path = path,
            AcceptTypes = ["message/cpim"],
            AcceptWrappedTypes = ["*"],
            MaxSize = maxMessageSize,
            Setup = SetupRole.Active,
            IsChatroom = true,
            ChatroomTokens = ["nickname", "private-messages"],
        },
        RequiredTypes = ["message/cpim"],
    };

    private async Task ConnectAsync(SipUri room, MsrpMedia remote, CancellationToken cancellationToken)
    {
        _incoming.Room = room; // messages come as soon as the connection stands
        await Messages!.ConnectAsync(remote, cancellationToken);
        if (HasEnded)
        {
            throw _end is { IsDeliberate: false } lost
                ? ImException.Unreachable(lost.Reason)
                : ImException.SessionEnded("the room ended the session at once");
        }

        _isJoined = true;
    }

    private static void ThrowIfWithdrawn(ServerTransaction invite)
    {
        if (invite.IsAnswered)
        {
            throw ImException.SessionEnded("the invitation was withdrawn");
        }
    }

    /// <summary>Makes this side's end of the MSRP session, behind the relay if there is one, and describes it.</summary>
    private async Task<MsrpLocal> OpenAsync(SipFlow flow, bool isSecure, CancellationToken cancellationToken)
    {
        isSecure = _agent.MsrpRelay?.IsSecure ?? isSecure;
        var endpoint = _runtime.EndpointAt(flow.Local.Address, isSecure);
        Messages = new SwitchSession(_runtime, _agent, endpoint, _options, _incoming, OnConnectionLost);
        var permission = await Messages.AskRelayAsync(cancellationToken);
        var (host, port) = permission?.Hop ?? (flow.Local.Address.ToString(), endpoint.Port);
        var local = Describe(host, port, permission?.LocalPath ?? Messages.Session.LocalPath, _options.MaxMessageSize);
        return isSecure ? local with { Media = local.Media with { Protocol = MsrpMedia.OverTls } } : local;
    }

    private void OnDialogEnded(DialogEnd reason, SipMessage? bye) =>
        Finish(bye is not null && reason == DialogEnd.RemoteBye ? EndBy(bye) : new LegEnd("the room does not answer", IsDeliberate: false));

    private static LegEnd EndBy(SipMessage bye) => new(bye.Reason?.Text ?? "the room ended the session", IsDeliberate: !MayReturn(bye.Reason?.Cause));

    /// <summary>
    /// What the Reason of a BYE (RFC 3326) says: trouble with the connection or the server passes; a BYE without Reason, or with 410 (expelled),
    /// means to be gone.
    /// </summary>
    private static bool MayReturn(int? cause) => cause is 408 or 480 or (>= 500 and < 600);

    /// <summary>A focus that ends a session closes its connection as well: a BYE that is on its way counts more than the closing.</summary>
    private void OnConnectionLost(string reason) =>
        _runtime.Loop.Schedule(ByeGrace, () => Finish(new LegEnd(reason, IsDeliberate: false)));

    private void Finish(LegEnd end)
    {
        if (HasEnded)
        {
            return;
        }

        HasEnded = true;
        _end = end;
        Messages?.Close();
        if (_isJoined)
        {
            _onEnded(this, end);
        }
        else
        {
            _dialog.GiveUp(ImException.Unreachable(end.Reason)); // the answer, or the ACK, would be waited for in vain
        }
    }
}
