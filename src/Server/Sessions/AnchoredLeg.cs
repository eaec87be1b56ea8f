using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using OmaIm.Protocols.Sdp;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transport;
using OmaIm.Switch.Relay;

namespace OmaIm.Server.Sessions;

/// <summary>One side of an anchored session: the relay's leg for its client, and the descriptions exchanged with him about it.</summary>
internal sealed class AnchoredLeg
{
    private readonly SessionServices _services;
    private readonly RelayLeg _relay;
    private readonly LoopTimer _absence;
    private readonly Action _onAbsent;
    private SessionDescription? _sent;
    private SetupRole _offered = SetupRole.ActPass;
    private InviteUsage? _usage;
    private bool _isBound;
    private bool _isLost;
    private long _absentSince;
    private IPEndPoint? _connectTo;
    private CertificateFingerprint? _expected;

    /// <param name="services">What sessions work with.</param>
    /// <param name="relay">The leg in the switch.</param>
    /// <param name="onAbsent">The client's connection did not come in time, or could not be made.</param>
    public AnchoredLeg(SessionServices services, RelayLeg relay, Action onAbsent)
    {
        _services = services;
        _relay = relay;
        _onAbsent = onAbsent;
        _absence = services.Loop.CreateTimer(OnStillAbsent);
    }

    /// <summary>What this client is told of the other side must not say who made it.</summary>
    public bool HidesMaker { get; set; }

    private MsrpEndpoint Endpoint => _relay.Session.Endpoint;

    /// <summary>Our description as it was sent last, as the stream that it describes; null before.</summary>
    public MsrpStream? Sent => _sent is not null && MsrpStream.Find(_sent, out var stream) == SdpRejection.None ? stream : null;

    /// <summary>Whether our end is another one by now than the client was told.</summary>
    public bool HasMoved => Sent is { } sent && !string.Equals(sent.Media.Path, _relay.Session.LocalPath, StringComparison.Ordinal);

    /// <summary>The offer for this client that passes on what the other side says.</summary>
    public SessionDescription Offer(MsrpStream peers)
    {
        var sent = Sent;
        _offered = sent?.Media.Setup ?? SetupRole.ActPass;
        return Revise(peers.Anchor(End(_offered), sent?.Description.Media ?? [peers.Section], sent?.Index ?? 0));
    }

    /// <summary>Whether what the other side says is anything new to this client.</summary>
    public bool IsNews(MsrpStream peers) => _sent is null || Offer(peers).Origin.Version != _sent.Origin.Version;

    /// <summary>The answer to this client's offer that passes on what the other side says.</summary>
    public SessionDescription Answer(MsrpStream offer, MsrpStream peers) =>
        Revise(peers.Anchor(End(RoleOfAnswer(offer.Media)), offer.Description.Media, offer.Index));

    /// <summary>Notes that this description is what the client has from us now.</summary>
    public void Note(SessionDescription sent) => _sent = sent;

    /// <summary>Takes the client's end from an offer of his: another path than before, or a connection that was lost, makes our end anew (RFC 4975 section 5.4).</summary>
    public SessionRefusal TakeOffer(MsrpMedia remote, SipFlow flow)
    {
        if (!_isLost && IsSamePath(remote))
        {
            return SessionRefusal.None;
        }

        var isSecure = string.Equals(remote.Protocol, MsrpMedia.OverTls, StringComparison.Ordinal);
        if ((isSecure ? _services.SecureEndpoint : _services.Endpoint) is not { } endpoint)
        {
            return SessionRefusal.OfferNotAcceptable;
        }

        var refusal = Prepare(remote, RoleOfAnswer(remote), endpoint, flow);
        if (refusal == SessionRefusal.None)
        {
            if (_relay.Session.RemotePath.Length > 0 || Endpoint != endpoint)
            {
                _relay.Renew(endpoint);
            }

            Take(remote);
        }

        return refusal;
    }

    /// <summary>Makes our end anew if its connection was lost, before it is offered again: nothing comes over the former one any more.</summary>
    public void Recover()
    {
        if (_isLost && _relay.Session.RemotePath.Length > 0)
        {
            _relay.Renew();
        }
    }

    /// <summary>
    /// Takes the client's end from the answer to our offer. Another path than before makes our end anew here, too (RFC 4975 section 5.4):
    /// then it <see cref="HasMoved"/>, and has to be offered again.
    /// </summary>
    public SessionRefusal TakeAnswer(MsrpMedia remote, SipFlow flow)
    {
        if (!_isLost && IsSamePath(remote))
        {
            return SessionRefusal.None;
        }

        if (_relay.Session.RemotePath.Length > 0)
        {
            _relay.Renew();
            OnLost();
            return SessionRefusal.None;
        }

        var refusal = Prepare(remote, MsrpOfferAnswer.RoleOfOfferer(_offered, remote.Setup), Endpoint, flow);
        if (refusal == SessionRefusal.None)
        {
            Take(remote);
        }

        return refusal;
    }

    /// <summary>The client is told our path: waits for its connection.</summary>
    /// <param name="usage">The dialog with the client.</param>
    public void Await(InviteUsage usage)
    {
        _usage = usage;
        if (!_isBound)
        {
            BeginAbsence();
        }
    }

    /// <summary>Connects to the client, once, if it listens. Call it when the client knows our path: before, it would refuse our first SEND.</summary>
    public void Connect()
    {
        if (_connectTo is { } target)
        {
            _connectTo = null;
            _ = ConnectAsync(_relay.Session, target, _relay.Session.Endpoint.IsSecure ? TlsPeer.Expect(_expected!) : null);
        }
    }

    public void OnBound()
    {
        _isBound = true;
        _isLost = false;
        _absence.Cancel();
    }

    public void OnLost()
    {
        _isBound = false;
        _isLost = true;
        BeginAbsence();
    }

    public void Stop() => _absence.Cancel();

    private void BeginAbsence()
    {
        _absentSince = _services.Loop.Time.GetTimestamp();
        WaitOn(_services.Options.RecoveryTime);
    }

    private void WaitOn(TimeSpan left) => _absence.Restart(left < _services.Options.ReturnTime ? left : _services.Options.ReturnTime);

    // A client that neither has a connection for messages nor one for SIP has gone, or his program has ended: nobody waits for him for long.
    private void OnStillAbsent()
    {
        var left = _services.Options.RecoveryTime - _services.Loop.Time.GetElapsedTime(_absentSince);
        if (left <= TimeSpan.Zero || _usage is { IsReachable: false })
        {
            _onAbsent();
        }
        else
        {
            WaitOn(left);
        }
    }

    private static SetupRole RoleOfAnswer(MsrpMedia offer) => offer.Setup == SetupRole.Passive ? SetupRole.Active : SetupRole.Passive;

    private bool IsSamePath(MsrpMedia remote) => string.Equals(remote.Path, _relay.Session.RemotePath, StringComparison.Ordinal);

    private SessionRefusal Prepare(MsrpMedia remote, SetupRole role, MsrpEndpoint endpoint, SipFlow flow)
    {
        _connectTo = null;
        _expected = remote.Fingerprint;
        if (role == SetupRole.Active && endpoint.IsSecure && _expected is null)
        {
            // Whom a certificate belongs to that the client does not name, nobody could tell.
            return SessionRefusal.OfferNotAcceptable;
        }

        return role == SetupRole.Active && !_services.ConnectPolicy.TryGetTarget(remote, flow, endpoint.Port, out _connectTo)
            ? SessionRefusal.ForbiddenAddress
            : SessionRefusal.None;
    }

    private void Take(MsrpMedia remote)
    {
        _isBound = false;
        _isLost = false;
        _relay.Session.RemotePath = remote.Path;
    }

    private async Task ConnectAsync(MsrpSession session, IPEndPoint target, SslClientAuthenticationOptions? tls)
    {
        using var timeout = new CancellationTokenSource(_services.Options.RecoveryTime, _services.Loop.Time);
        try
        {
            await session.Endpoint.ConnectAsync(session, target.Address.ToString(), target.Port, tls, timeout.Token);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or AuthenticationException or IOException)
        {
            _services.Log.ConnectFailed(exception.Message);
            if (_relay.Session == session)
            {
                _onAbsent();
            }
        }
    }

    // o= and s= are the maker's own (RFC 8866 sections 5.2 and 5.3): a host or an address, and whatever he likes.
    private SessionDescription Revise(SessionDescription next)
    {
        var shown = HidesMaker ? MsrpStream.WithoutMaker(next) with { Origin = SdpOrigin.Create(Endpoint.Host.Trim('[', ']')) } : next;
        return _sent is null ? shown : MsrpOfferAnswer.Revise(shown, _sent);
    }

    private MsrpMedia End(SetupRole setup) => new()
    {
        Protocol = Endpoint.IsSecure ? MsrpMedia.OverTls : MsrpMedia.OverTcp,
        Host = Endpoint.Host.Trim('[', ']'),
        Port = Endpoint.Port,
        Path = _relay.Session.LocalPath,
        Setup = setup,
        MaxSize = _services.Options.MaximumMessageSize,
    };
}
