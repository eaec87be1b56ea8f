using OmaIm.Client.Signalling;
using OmaIm.Protocols.Multipart;
using OmaIm.Protocols.Sdp;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Transactions;

namespace OmaIm.Client.Files;

/// <summary>The session of one file: the dialog with the other side, and its MSRP connection. Lives on the control loop.</summary>
internal sealed class FileLeg
{
    /// <summary>How long the side that has everything waits for the other's BYE: by then its report is there.</summary>
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(5);

    private readonly ImRuntime _runtime;
    private readonly UserAgent _agent;
    private readonly InviteDialog _dialog;
    private FileEnd? _end;

    public FileLeg(ImRuntime runtime, UserAgent agent)
    {
        _runtime = runtime;
        _agent = agent;
        _dialog = new InviteDialog(agent, runtime.Loop, (_, _) => _end?.Session.Close());
    }

    /// <summary>Offers a transfer, and returns what the other side says to it.</summary>
    /// <exception cref="ImException">Declined, not found, or answered with what is no file transfer.</exception>
    public async Task<MsrpMedia> InviteAsync(
        SipUri peer, Func<MsrpEndpoint, FileEnd> open, MediaDirection direction, FileTransfer file, FileIcon? icon, CancellationToken cancellationToken)
    {
        var flow = await _agent.ConnectAsync(cancellationToken);
        var isSecure = _agent.MsrpTls is not null;
        _end = open(_runtime.EndpointAt(flow.Local.Address, isSecure));
        var iconId = icon is null ? null : RandomToken.Create() + "@" + _agent.Domain.Host;
        var local = Describe(flow.Local.Address.ToString(), isSecure, direction, file with { Icon = iconId });
        var offer = MsrpOfferAnswer.Offer(local).ToBytes();
        var response = await _dialog.InviteAsync(peer, flow, offer, invite => Fill(invite, offer, icon, iconId), cancellationToken);
        if (!SessionDescription.TryParse(response.Body.Span, out var answer) || !MsrpOfferAnswer.TryReadAnswer(answer, out var remote, ofFile: true) ||
            remote.Protocol != local.Media.Protocol)
        {
            throw ImException.ProtocolViolation("the answer describes no file transfer");
        }

        return remote;
    }

    /// <summary>Takes an offer of a transfer, and returns what it says.</summary>
    public async Task<MsrpMedia> AcceptAsync(
        ServerTransaction invite, SessionDescription offer, Func<MsrpEndpoint, FileEnd> open, MediaDirection direction, FileTransfer file, CancellationToken cancellationToken)
    {
        if (invite.IsAnswered)
        {
            throw ImException.SessionEnded("the offer was withdrawn");
        }

        var isSecure = MsrpOfferAnswer.TryReadFileOffer(offer, out var offered) && offered.Protocol == MsrpMedia.OverTls;
        var address = invite.Flow.Local.Address;
        _end = open(_runtime.EndpointAt(address, isSecure));
        var outcome = MsrpOfferAnswer.Answer(offer, Describe(address.ToString(), isSecure, direction, file));
        if (!outcome.IsAccepted || outcome.LocalRole != SetupRole.Active)
        {
            // This side has no listener: it can only connect.
            invite.Respond(488, outcome.IsAccepted ? "Only setup:active" : MsrpOfferAnswer.Phrase(outcome.Rejection));
            throw ImException.ProtocolViolation("the offer does not fit");
        }

        await _dialog.AcceptAsync(invite, outcome.Answer.ToBytes(), cancellationToken);
        return outcome.Remote;
    }

    /// <summary>Connects; ends when the session stands.</summary>
    public async Task ConnectAsync(MsrpMedia remote, CancellationToken cancellationToken)
    {
        var session = _end!.Session;
        session.RemotePath = remote.Path;
        await MsrpDial.ConnectAsync(session, _agent, remote, cancellationToken);
        await _end.Bound.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Ends the session. The connection is closed behind the answer to the BYE: before it, the other side would take the close for a break. One
    /// that does not stand yet is closed at once.
    /// </summary>
    public async Task EndAsync()
    {
        if (_end is { Bound.IsCompletedSuccessfully: false })
        {
            _end.Session.Close();
        }

        await _dialog.ByeAsync();
        _end?.Session.Close();
    }

    /// <summary>Leaves the BYE to the other side, which awaits a report; but not for ever.</summary>
    public async Task EndLaterAsync()
    {
        await _runtime.DelayAsync(Goodbye, CancellationToken.None);
        await EndAsync();
    }

    private MsrpLocal Describe(string host, bool isSecure, MediaDirection direction, FileTransfer file) => new()
    {
        Origin = SdpOrigin.Create(host),
        Media = new MsrpMedia
        {
            Protocol = isSecure ? MsrpMedia.OverTls : MsrpMedia.OverTcp,
            Host = host,
            Port = _end!.Session.Endpoint.Port,
            Path = _end.Session.LocalPath,
            AcceptTypes = ["*"],
            Setup = SetupRole.Active,
            Direction = direction,
            File = file,
        },
    };

    // RFC 5547 section 9.1: the description and the preview are parts of one multipart/related.
    private static void Fill(SipMessage invite, byte[] offer, FileIcon? icon, string? iconId)
    {
        if (icon is null)
        {
            invite.SetBody("application/sdp", offer);
            return;
        }

        var picture = new BodyPart { Headers = [new("Content-Type", icon.MediaType), new("Content-ID", $"<{iconId}>"), new("Content-Disposition", "icon")], Content = icon.Content };
        var body = MultipartBody.Write("related", [BodyPart.Create("application/sdp", offer), picture], out var contentType);
        invite.SetBody(contentType + ";type=\"application/sdp\"", body);
    }
}
