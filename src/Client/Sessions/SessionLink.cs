using System.Net;
using System.Net.Sockets;
using System.Text;
using OmaIm.Client.Signalling;
using OmaIm.Protocols.Cpim;
using OmaIm.Protocols.Sdp;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Transactions;

namespace OmaIm.Client.Sessions;

/// <summary>
/// What holds two users together: the INVITE dialog, and the MSRP session that both descriptions agree on. A lost MSRP connection is replaced
/// by a re-INVITE (RFC 4975 section 5.4). Lives on the control loop.
/// </summary>
internal sealed class SessionLink
{
    private readonly ImRuntime _runtime;
    private readonly UserAgent _agent;
    private readonly SessionProfile _profile;
    private readonly MessageAssembler _assembler;
    private readonly IMsrpLegOwner _messages;
    private readonly Action<string, ImException?> _onEnded;
    private readonly InviteDialog _dialog;
    private readonly FlowWatch _flow;
    private IPAddress? _local;
    private bool _isSecure;
    private SessionDescription? _description;

    /// <summary>What the last offer moves the session to, whoever made it, while it is not there yet.</summary>
    private MsrpLeg? _coming;

    private bool _hasEnded;

    /// <param name="runtime">Loops and sockets.</param>
    /// <param name="agent">This user.</param>
    /// <param name="profile">What this side brings.</param>
    /// <param name="messages">Who hears of messages and of lost connections.</param>
    /// <param name="onEnded">Hears once that the session has ended without this side having asked for it.</param>
    public SessionLink(ImRuntime runtime, UserAgent agent, SessionProfile profile, IMsrpLegOwner messages, Action<string, ImException?> onEnded)
    {
        _runtime = runtime;
        _agent = agent;
        _profile = profile;
        _assembler = new MessageAssembler(profile.MaximumMessageSize);
        _messages = messages;
        _onEnded = onEnded;
        _dialog = new InviteDialog(agent, runtime.Loop, OnDialogEnded) { Reinvited = OnReinvite };
        _flow = new FlowWatch(agent, runtime.Loop, profile.SignallingTime, _dialog.Move, OnUnreachable);
    }

    /// <summary>The present MSRP session; another one after a recovery.</summary>
    public MsrpLeg? Leg { get; private set; }

    /// <summary>What the other side says of itself.</summary>
    public MsrpMedia? Remote { get; private set; }

    /// <summary>Hears of the MSRP session that replaces the one before.</summary>
    public Action<MsrpLeg> Replaced { get; init; } = _ => { };

    /// <summary>The Message-ID of the message that this session goes on with, as the INVITE names it; null for none.</summary>
    public string? Resumes { get; private set; }

    /// <summary>How many bytes of it the other side has already.</summary>
    public long ResumesAt { get; private set; }

    /// <summary>Whether this side made the INVITE.</summary>
    public bool IsCaller { get; private set; }

    public bool Matches(string callId, string localTag, string remoteTag) => _dialog.Matches(callId, localTag, remoteTag);

    /// <summary>Waits while there is no connection to the SIP server.</summary>
    public Task ReachableAsync(CancellationToken cancellationToken) => _flow.PresentAsync(cancellationToken);

    /// <summary>Invites a user and connects.</summary>
    /// <param name="peer">The user.</param>
    /// <param name="complete">Sets further headers of the INVITE.</param>
    /// <param name="begun">A message that another session has begun with; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task InviteAsync(SipUri peer, Action<SipMessage> complete, SealedMessage? begun, CancellationToken cancellationToken)
    {
        IsCaller = true;
        Resumes = begun is null ? null : NameOf(begun);
        MsrpLeg? leg = null;
        try
        {
            var flow = await _agent.ConnectAsync(cancellationToken);
            _local = flow.Local.Address;
            _isSecure = _agent.MsrpTls is not null;
            (leg, var local) = await OpenAsync(cancellationToken);
            var description = MsrpOfferAnswer.Offer(local);
            var offer = Describe(Resumes is null ? description : Resumption.Offer(description, Resumes));
            _flow.Start();
            var response = await _dialog.InviteAsync(
                peer,
                flow,
                offer,
                invite =>
                {
                    invite.SetBody("application/sdp", offer);
                    complete(invite);
                },
                cancellationToken);
            var answer = await ConnectAsync(leg, local, response, cancellationToken);
            var has = begun is null ? 0 : Resumption.ReadAnswer(answer, Resumes!, Math.Max(0, begun.Body.Length - 1));

            // A server in between wants to see whom a message is from, which is said in its first bytes.
            ResumesAt = has < CpimHeaderBlock.MaximumLength ? 0 : has;
            Leg = leg;
        }
        catch
        {
            leg?.Close();
            _ = CloseAsync();
            throw;
        }
    }

    /// <summary>Accepts an INVITE and connects.</summary>
    /// <param name="invite">The INVITE.</param>
    /// <param name="peer">Who sent it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task AcceptAsync(ServerTransaction invite, SipUri peer, CancellationToken cancellationToken)
    {
        MsrpLeg? leg = null;
        try
        {
            var isReadable = SessionDescription.TryParse(invite.Request.Body.Span, out var offer);
            var has = isReadable ? await PrepareAsync(peer.Aor, offer!) : 0;
            ThrowIfWithdrawn(invite);
            if (!isReadable || offer is null)
            {
                invite.Respond(400, "Bad Session Description");
                throw ImException.ProtocolViolation("the offer cannot be read");
            }

            _local = invite.Flow.Local.Address;
            _isSecure = MsrpOfferAnswer.WantsTls(offer);
            (leg, var local) = await OpenAsync(cancellationToken);
            ThrowIfWithdrawn(invite);
            if (Answer(offer, leg, local, out var phrase) is not { } outcome)
            {
                invite.Respond(488, phrase);
                throw ImException.ProtocolViolation("the offer does not fit: " + phrase);
            }

            Remote = outcome.Remote;
            leg.Expect(outcome.Remote!); // the peer may connect before his ACK is here
            _flow.Start();
            var answer = has > 0 ? Resumption.Answer(outcome.Answer!, Resumes!, has) : outcome.Answer!;
            await _dialog.AcceptAsync(invite, Describe(answer), cancellationToken);
            await ConnectAsync(leg, outcome.Remote!, outcome.LocalRole, cancellationToken);
            Leg = leg;
        }
        catch
        {
            if (!invite.IsAnswered)
            {
                invite.Respond(480); // this side's relay lets nothing through
            }

            leg?.Close();
            _ = CloseAsync();
            throw;
        }
    }

    /// <summary>Makes the MSRP session anew by a re-INVITE.</summary>
    /// <exception cref="ImException">The other side refuses, or cannot be reached.</exception>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        var (leg, local) = await OpenAsync(cancellationToken);
        try
        {
            var response = await _dialog.ReinviteAsync(Describe(MsrpOfferAnswer.Offer(local)), cancellationToken);
            _coming?.Close();
            _coming = leg;
            await ConnectAsync(leg, local, response, cancellationToken);
            if (leg != _coming)
            {
                throw ImException.Unreachable("the other side has made another offer meanwhile");
            }

            Adopt(leg);
            _coming = null;
        }
        catch
        {
            leg.Close();
            _coming = leg == _coming ? null : _coming;
            throw;
        }
    }

    /// <summary>
    /// Ends the session, with a BYE that waits for a way to the server; the connection is closed behind the answer, so that the close is taken
    /// for no failure.
    /// </summary>
    public async Task CloseAsync()
    {
        _hasEnded = true;
        await _flow.PresentAsync(CancellationToken.None);
        _flow.Stop();
        await _dialog.ByeAsync();
        Leave();
    }

    private static string NameOf(SealedMessage message)
    {
        Span<byte> id = stackalloc byte[TransactionIds.Length];
        TransactionIds.Write(message.Id, id);
        return Encoding.ASCII.GetString(id);
    }

    /// <summary>Finds what there is of the message that the offer goes on with; the result is how much.</summary>
    private async Task<long> PrepareAsync(string peer, SessionDescription offer)
    {
        if (_profile.Partials is not { } partials)
        {
            return 0;
        }

        partials.Add(peer, _assembler);
        Resumes = Resumption.ReadOffer(offer);
        return Resumes is null ? 0 : await partials.MoveAsync(peer, Resumes, _assembler);
    }

    /// <summary>The MSRP session ends; what it has not finished is left where another session finds it.</summary>
    private void Leave()
    {
        Leg?.Close();
        _coming?.Close();
        _ = _profile.Partials?.ReleaseAsync(_assembler);
    }

    private async Task<SessionDescription> ConnectAsync(MsrpLeg leg, MsrpLocal local, SipMessage response, CancellationToken cancellationToken)
    {
        if (!SessionDescription.TryParse(response.Body.Span, out var answer)
            || !MsrpOfferAnswer.TryReadAnswer(answer, out var remote)
            || remote.Protocol != local.Media.Protocol)
        {
            throw ImException.ProtocolViolation("the answer describes no MSRP session that fits the offer");
        }

        var role = MsrpOfferAnswer.RoleOfOfferer(local.Media.Setup, remote.Setup);
        if (role == SetupRole.Passive && !leg.IsReachable)
        {
            throw ImException.ProtocolViolation("the answer wants to connect to a side that does not listen");
        }

        Remote = remote;
        await ConnectAsync(leg, remote, role, cancellationToken);
        return answer;
    }

    private Task ConnectAsync(MsrpLeg leg, MsrpMedia remote, SetupRole role, CancellationToken cancellationToken)
    {
        if (_profile.Connects)
        {
            return leg.ConnectAsync(remote, role, cancellationToken);
        }

        leg.Expect(remote);
        return Task.CompletedTask;
    }

    /// <summary>The other side refreshes the session, or moves its end of it.</summary>
    private void OnReinvite(ServerTransaction transaction)
    {
        var body = transaction.Request.Body;
        if (body.IsEmpty)
        {
            _dialog.AcceptReinvite(transaction, _description!.ToBytes());
            return;
        }

        if (!SessionDescription.TryParse(body.Span, out var offer) || !MsrpOfferAnswer.TryReadAnswer(offer, out var media))
        {
            transaction.Respond(488);
            return;
        }

        if (media.Path == Remote?.Path && (!_profile.Connects || Leg is { Session.Connection: not null }))
        {
            _dialog.AcceptReinvite(transaction, _description!.ToBytes());
            return;
        }

        _ = MoveAsync(transaction, offer);
    }

    /// <summary>The other side has another end now: so has this one.</summary>
    private async Task MoveAsync(ServerTransaction transaction, SessionDescription offer)
    {
        MsrpLeg? leg = null;
        try
        {
            (leg, var local) = await OpenAsync(CancellationToken.None);
            ThrowIfWithdrawn(transaction);
            if (Answer(offer, leg, local, out var phrase) is not { } outcome)
            {
                leg.Close();
                transaction.Respond(488, phrase);
                return;
            }

            _coming?.Close();
            _coming = leg;
            await FollowAsync(transaction, leg, outcome);
        }
        catch (Exception exception)
        {
            var failure = ImException.Of(exception);
            if (!transaction.IsAnswered)
            {
                transaction.Respond(480);
            }

            leg?.Close();
            if (leg is not null && leg == _coming)
            {
                _coming = null;
                _messages.OnLost(leg, failure.Phrase);
            }
        }
    }

    /// <summary>Answers the offer, and goes over to the new connection when it is there; unless another offer has come meanwhile, which counts then.</summary>
    private async Task FollowAsync(ServerTransaction transaction, MsrpLeg leg, SdpOutcome outcome)
    {
        var remote = Remote = outcome.Remote!;
        leg.Expect(remote);
        var answer = Describe(outcome.Answer!);
        if (outcome.LocalRole == SetupRole.Active)
        {
            await _dialog.AcceptReinviteAsync(transaction, answer);
        }
        else
        {
            _dialog.AcceptReinvite(transaction, answer); // who connects has it
        }

        if (leg == _coming)
        {
            await ConnectAsync(leg, remote, outcome.LocalRole, CancellationToken.None);
        }

        if (_hasEnded || leg != _coming)
        {
            leg.Close();
        }
        else
        {
            Adopt(leg);
            _coming = null;
        }
    }

    private void Adopt(MsrpLeg leg)
    {
        if (leg.HasEnded)
        {
            throw ImException.Unreachable("the connection ended as soon as it was made");
        }

        Leg?.Close();
        Leg = leg;
        Replaced(leg);
    }

    private static void ThrowIfWithdrawn(ServerTransaction invite)
    {
        if (invite.IsAnswered)
        {
            throw ImException.SessionEnded("the invitation was withdrawn");
        }
    }

    private static SdpOutcome? Answer(SessionDescription offer, MsrpLeg leg, MsrpLocal local, out string phrase)
    {
        // Where the offer leaves the choice this side connects: the other may stand behind no address that it could be reached by.
        var outcome = MsrpOfferAnswer.Answer(offer, local with { Media = local.Media with { Setup = SetupRole.Active } });
        phrase = !outcome.IsAccepted ? MsrpOfferAnswer.Phrase(outcome.Rejection) : "Only setup:active";
        return outcome.IsAccepted && (outcome.LocalRole == SetupRole.Active || leg.IsReachable) ? outcome : null;
    }

    /// <summary>A further description of the same dialog keeps its origin (RFC 3264 section 8).</summary>
    private byte[] Describe(SessionDescription next)
    {
        _description = _description is null ? next : MsrpOfferAnswer.Revise(next, _description);
        return _description.ToBytes();
    }

    /// <summary>
    /// Makes this side's end of an MSRP session, behind the user's relay if he has one, and says what it is. With a relay this side wants to be
    /// the one who connects: a relay finds a peer without one at the peer's own address only.
    /// </summary>
    private async Task<(MsrpLeg Leg, MsrpLocal Local)> OpenAsync(CancellationToken cancellationToken)
    {
        var isSecure = _agent.MsrpRelay?.IsSecure ?? _isSecure;
        var listens = _agent.MsrpRelay is null && !isSecure && (_profile.Listens ?? IsPrivate(_local!));
        var endpoint = listens ? _runtime.ListenerAt(_local!).Endpoint : _runtime.EndpointAt(_local!, isSecure);
        var leg = new MsrpLeg(_runtime, _agent, endpoint, _assembler, _messages);
        try
        {
            var permission = await leg.AskRelayAsync(cancellationToken);
            var (host, port) = permission?.Hop ?? (_local!.ToString(), endpoint.Port);
            var media = new MsrpMedia
            {
                Protocol = isSecure ? MsrpMedia.OverTls : MsrpMedia.OverTcp,
                Host = host,
                Port = port,
                Path = permission?.LocalPath ?? leg.Session.LocalPath,
                AcceptTypes = _profile.AcceptTypes,
                AcceptWrappedTypes = _profile.AcceptWrappedTypes,
                MaxSize = _profile.MaximumMessageSize,
                Setup = listens ? SetupRole.ActPass : SetupRole.Active,
                Direction = _profile.Direction,
            };
            return (leg, new MsrpLocal { Origin = SdpOrigin.Create(host), Media = media });
        }
        catch
        {
            leg.Close();
            throw;
        }
    }

    private static bool IsPrivate(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return IPAddress.IsLoopback(address)
            || (address.AddressFamily == AddressFamily.InterNetworkV6
                ? address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal
                : bytes is [10, ..] or [192, 168, ..] or [169, 254, ..] or [172, >= 16 and < 32, ..]);
    }

    private void OnDialogEnded(DialogEnd reason, SipMessage? bye)
    {
        if (_hasEnded)
        {
            return;
        }

        _hasEnded = true;
        _flow.Stop();
        Leave();
        var text = bye?.Reason?.Text;
        if (reason != DialogEnd.RemoteBye)
        {
            _onEnded(text ?? "the other side does not answer", ImException.Unreachable("the other side does not answer"));
        }
        else if (bye?.Reason?.Cause is 408 or 480 or (>= 500 and < 600))
        {
            // RFC 3326: not the other side has ended it, but whoever stands between.
            _onEnded(text ?? "the session broke", ImException.Unreachable(text ?? "the session broke"));
        }
        else
        {
            _onEnded(text ?? "the other side closed the session", null);
        }
    }

    private void OnUnreachable()
    {
        const string Words = "no connection to the server";
        _ = CloseAsync();
        _onEnded(Words, ImException.Unreachable(Words));
    }
}
