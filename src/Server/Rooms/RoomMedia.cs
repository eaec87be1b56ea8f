using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using OmaIm.Protocols.Sdp;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Transport;
using OmaIm.Switch.Routes;

namespace OmaIm.Server.Rooms;

/// <summary>The MSRP side of a room session: its member in the switch's route, and the descriptions exchanged about it.</summary>
public sealed class RoomMedia
{
    private const string Cpim = "message/cpim";
    private const string PrivateMessages = "private-messages";

    private readonly RoomServices _services;
    private readonly RoomSession _session;

    // As bytes: as objects it would be four times as large, and all that is done with it is to send it.
    private byte[]? _local;
    private IPEndPoint? _connectTo;
    private CertificateFingerprint? _expected;
    private bool _hasConnected;

    /// <param name="services">What rooms work with.</param>
    /// <param name="session">The session that it belongs to.</param>
    /// <param name="offer">What it shall answer: an offer of MSRP over TLS gets a session there, if the server has a certificate. Null for an offer of ours.</param>
    /// <param name="previous">What it replaces in the same dialog, or null.</param>
    /// <param name="heard">By which the client hears the room until he has bound this one; null for none.</param>
    public RoomMedia(RoomServices services, RoomSession session, SessionDescription? offer = null, RoomMedia? previous = null, RoomMedia? heard = null)
    {
        _services = services;
        _session = session;
        _local = previous?._local;
        var endpoint = offer is not null && MsrpOfferAnswer.WantsTls(offer) ? services.SecureEndpoint : null;
        Member = session.Room.Route.Join(new RoomMemberOptions { Aor = session.User.Aor, Pseudonym = Pseudonym, RemotePath = "", Tag = session }, endpoint, heard?.Member);
    }

    public RoomMember Member { get; }

    private string? Pseudonym => string.Equals(_session.Shown, _session.User.Aor, StringComparison.Ordinal) ? null : _session.Shown;

    private MsrpEndpoint Endpoint => Member.Session.Endpoint;

    /// <summary>Our description, once <see cref="Offer"/> or <see cref="TryAnswer"/> has made it.</summary>
    public byte[] Local => _local!;

    private SessionDescription? Described => _local is not null && SessionDescription.TryParse(_local, out var description) ? description : null;

    public byte[] Offer()
    {
        _local = MsrpOfferAnswer.Offer(CreateLocal()).ToBytes();
        return _local;
    }

    /// <summary>Answers an offer; our answer is then in <see cref="Local"/>.</summary>
    public bool TryAnswer(SessionDescription offer, SipFlow flow, out RoomRefusal refusal, out string detail)
    {
        refusal = RoomRefusal.None;
        var outcome = MsrpOfferAnswer.Answer(offer, CreateLocal());
        detail = MsrpOfferAnswer.Phrase(outcome.Rejection);
        if (!outcome.IsAccepted)
        {
            refusal = RoomRefusal.OfferNotAcceptable;
        }
        else if (Endpoint.IsSecure && outcome.LocalRole == SetupRole.Active && outcome.Remote.Fingerprint is null)
        {
            // Whom a certificate belongs to that the client does not name, nobody could tell.
            refusal = RoomRefusal.OfferNotAcceptable;
            detail = "TLS without a fingerprint for clients that connect only";
        }
        else if (!TryTakeRemote(outcome.Remote, outcome.LocalRole, flow))
        {
            refusal = RoomRefusal.ForbiddenAddress;
            detail = "not allowed to connect there";
        }
        else
        {
            _local = (Described is { } former ? MsrpOfferAnswer.Revise(outcome.Answer, former) : outcome.Answer).ToBytes();
        }

        return refusal == RoomRefusal.None;
    }

    /// <summary>Takes the answer to our offer.</summary>
    public bool TryTakeAnswer(SessionDescription answer, SipFlow flow) =>
        MsrpOfferAnswer.TryReadAnswer(answer, out var remote)
        && remote.Accepts(Cpim)
        && TryTakeRemote(remote, MsrpOfferAnswer.RoleOfOfferer(SetupRole.ActPass, remote.Setup), flow);

    /// <summary>Whether an offer names the path that is agreed on already.</summary>
    public bool IsSamePath(SessionDescription offer) =>
        MsrpOfferAnswer.TryReadAnswer(offer, out var remote)
        && string.Equals(remote.Path, Member.Session.RemotePath, StringComparison.Ordinal);

    /// <summary>Connects, once, to a client that listens; does nothing for one that connects itself. Call it when the client knows our path.</summary>
    public void Connect()
    {
        if (_connectTo is { } target && !_hasConnected)
        {
            _hasConnected = true;
            _ = ConnectAsync(target);
        }

        _connectTo = null;
    }

    /// <summary>Ends the MSRP session. A connection that is still being made is closed as soon as it stands.</summary>
    public void Leave() => Member.Leave();

    private async Task ConnectAsync(IPEndPoint target)
    {
        using var timeout = new CancellationTokenSource(_services.Limits.BindTimeout, _services.Loop.Time);
        try
        {
            var tls = Endpoint.IsSecure ? TlsPeer.Expect(_expected!) : null;
            await Endpoint.ConnectAsync(Member.Session, target.Address.ToString(), target.Port, tls, timeout.Token);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or AuthenticationException or IOException)
        {
            _services.Log.ConnectFailed(_session.Room.Uri.Aor, exception.Message);
            if (_session.Media == this)
            {
                _session.End(LeaveReason.NeverConnected);
            }
        }
    }

    private bool TryTakeRemote(MsrpMedia remote, SetupRole role, SipFlow flow)
    {
        if (role == SetupRole.Active && !_services.ConnectPolicy.TryGetTarget(remote, flow, Endpoint.Port, out _connectTo))
        {
            return false;
        }

        _expected = remote.Fingerprint;
        Member.Describe(new RoomMemberOptions
        {
            Aor = _session.User.Aor,
            Pseudonym = Pseudonym,
            RemotePath = remote.Path,
            PrivateMessages = remote.ChatroomTokens.Contains(PrivateMessages, StringComparer.OrdinalIgnoreCase),
            AcceptWrappedTypes = WrappedTypes(remote),
            MaximumMessageSize = remote.MaxSize ?? long.MaxValue,
            Tag = _session,
        });
        return true;
    }

    // A client that names no wrapped types, or "*", gets everything: it takes message/cpim, and most say no more than that.
    private static string[]? WrappedTypes(MsrpMedia remote) =>
        remote.AcceptWrappedTypes.Count == 0 || remote.AcceptWrappedTypes.Contains("*", StringComparer.Ordinal) || remote.AcceptTypes.Contains("*", StringComparer.Ordinal)
            ? null
            : [.. remote.AcceptTypes, .. remote.AcceptWrappedTypes];

    private MsrpLocal CreateLocal()
    {
        var host = Endpoint.Host.Trim('[', ']');
        return new MsrpLocal
        {
            Origin = Described?.Origin ?? SdpOrigin.Create(host),
            RequiredTypes = [Cpim],
            Media = new MsrpMedia
            {
                Protocol = Endpoint.IsSecure ? MsrpMedia.OverTls : MsrpMedia.OverTcp,
                Host = host,
                Port = Endpoint.Port,
                Path = Member.Session.LocalPath,
                AcceptTypes = [Cpim],
                AcceptWrappedTypes = ["*"],
                MaxSize = _session.Room.Route.Options.MaximumMessageSize,
                Setup = SetupRole.ActPass,
                IsChatroom = true,
                ChatroomTokens = ["nickname", PrivateMessages],
            },
        };
    }
}
