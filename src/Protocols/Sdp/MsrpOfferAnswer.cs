using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace OmaIm.Protocols.Sdp;

/// <summary>Offer and answer (RFC 3264) for MSRP sessions (RFC 4975 section 8, RFC 6135).</summary>
public static class MsrpOfferAnswer
{
    /// <summary>An offer with one MSRP stream.</summary>
    public static SessionDescription Offer(MsrpLocal local) => Describe(local, [Section(local.Media, local.Media.Protocol)]);

    /// <summary>
    /// Answers an offer: passive whenever the offer allows it, unless the local side can only connect (its setup is active) and the offer
    /// leaves the choice. The first chat that fits is taken, every other m-line is rejected by
    /// port 0 (RFC 3264 section 6). A local side with <see cref="MsrpMedia.File"/> takes the file transfer instead of the chat.
    /// </summary>
    public static SdpOutcome Answer(SessionDescription offer, MsrpLocal local)
    {
        var rejection = SdpRejection.NoMsrpMedia;
        for (var i = 0; i < offer.Media.Count; i++)
        {
            var fault = Examine(offer, offer.Media[i], local, out var remote);
            if (fault == SdpRejection.None)
            {
                return Accept(offer, i, local, remote!);
            }

            // The most telling reason is that of the first m-line that was MSRP at all.
            if (rejection == SdpRejection.NoMsrpMedia)
            {
                rejection = fault;
            }
        }

        return new SdpOutcome { Rejection = rejection };
    }

    /// <summary>Whether the first MSRP stream that an offer has is secured by TLS.</summary>
    public static bool WantsTls(SessionDescription offer) =>
        offer.Media.FirstOrDefault(MsrpMediaReader.IsMsrpChat) is { } media && MsrpMediaReader.IsProtocol(media, MsrpMedia.OverTls);

    /// <summary>The file that an offer transfers in its first usable stream of that kind (RFC 5547); false for a chat, and for a broken one.</summary>
    public static bool TryReadFileOffer(SessionDescription offer, [NotNullWhen(true)] out MsrpMedia? file)
    {
        file = null;
        return offer.Media.FirstOrDefault(MsrpMediaReader.IsMsrpFile) is { } media && MsrpMediaReader.Read(offer, media, out file) == SdpRejection.None;
    }

    /// <summary>Reads the MSRP stream of an answer: the chat, or the file transfer. False when it was rejected or is unusable.</summary>
    public static bool TryReadAnswer(SessionDescription answer, [NotNullWhen(true)] out MsrpMedia? remote, bool ofFile = false)
    {
        foreach (var media in answer.Media)
        {
            if ((ofFile ? MsrpMediaReader.IsMsrpFile(media) : MsrpMediaReader.IsMsrpChat(media)) && MsrpMediaReader.Read(answer, media, out var found) == SdpRejection.None)
            {
                remote = found!;
                return true;
            }
        }

        remote = null;
        return false;
    }

    /// <summary>
    /// What the offerer does once the answer is there. An answer without a=setup comes from a peer that knows RFC 4975 alone:
    /// there the offerer connects, unless the offer was passive.
    /// </summary>
    public static SetupRole RoleOfOfferer(SetupRole? offered, SetupRole? answered) => answered switch
    {
        SetupRole.Active => SetupRole.Passive,
        SetupRole.Passive => SetupRole.Active,
        _ => offered == SetupRole.Passive ? SetupRole.Passive : SetupRole.Active,
    };

    /// <summary>
    /// Gives a further description of the same dialog the origin of the previous one: same version when nothing changed, otherwise
    /// one higher (RFC 3264 section 8).
    /// </summary>
    public static SessionDescription Revise(SessionDescription next, SessionDescription previous)
    {
        var unchanged = next with { Origin = previous.Origin };
        return unchanged.ToBytes().AsSpan().SequenceEqual(previous.ToBytes())
            ? unchanged
            : next with { Origin = previous.Origin with { Version = previous.Origin.Version + 1 } };
    }

    /// <summary>Words for the reason phrase or Warning text of a 488.</summary>
    public static string Phrase(SdpRejection rejection) => rejection switch
    {
        SdpRejection.None => "OK",
        SdpRejection.NoMsrpMedia => "No MSRP Media",
        SdpRejection.TransportMismatch => "MSRP Transport Not Supported",
        SdpRejection.BadPath => "Bad MSRP Path",
        SdpRejection.BadHost => "Bad Connection Address",
        SdpRejection.NoAcceptTypes => "Missing accept-types",
        SdpRejection.TypeNotAccepted => "Required Media Type Not Accepted",
        SdpRejection.BadSetup => "Bad setup Attribute",
        SdpRejection.BadFile => "Bad File Attribute",
        _ => throw new ArgumentOutOfRangeException(nameof(rejection)),
    };

    private static SdpRejection Examine(SessionDescription offer, MediaDescription media, MsrpLocal local, out MsrpMedia? remote)
    {
        remote = null;
        if (local.Media.File is null ? !MsrpMediaReader.IsMsrpChat(media) : !MsrpMediaReader.IsMsrpFile(media))
        {
            return SdpRejection.NoMsrpMedia;
        }

        if (!MsrpMediaReader.IsProtocol(media, local.Media.Protocol))
        {
            return SdpRejection.TransportMismatch;
        }

        var fault = MsrpMediaReader.Read(offer, media, out remote);
        return fault == SdpRejection.None && !local.RequiredTypes.All(remote!.Accepts) ? SdpRejection.TypeNotAccepted : fault;
    }

    private static SdpOutcome Accept(SessionDescription offer, int index, MsrpLocal local, MsrpMedia remote)
    {
        var mayChoose = remote.Setup == SetupRole.ActPass;
        var role = remote.Setup == SetupRole.Passive || (mayChoose && local.Media.Setup == SetupRole.Active) ? SetupRole.Active : SetupRole.Passive;
        var answered = local.Media with { Setup = role, Direction = AnswerDirection(remote.Direction, local.Media.Direction) };
        var sections = offer.Media.Select((media, i) => i == index
            ? Section(answered, media.Protocol)
            : new MediaDescription { Media = media.Media, Port = 0, Protocol = media.Protocol, Formats = media.Formats });
        return new SdpOutcome
        {
            Answer = Describe(local, [.. sections]),
            Remote = remote,
            LocalRole = role,
            MediaIndex = index,
        };
    }

    private static SessionDescription Describe(MsrpLocal local, IReadOnlyList<MediaDescription> sections) => new()
    {
        Origin = local.Origin,
        ConnectionAddress = local.Media.Host,
        Media = sections,
    };

    private static MediaDescription Section(MsrpMedia media, string protocol)
    {
        List<SdpAttribute> attributes = [new("accept-types", string.Join(' ', media.AcceptTypes))];
        if (media.AcceptWrappedTypes.Count > 0)
        {
            attributes.Add(new("accept-wrapped-types", string.Join(' ', media.AcceptWrappedTypes)));
        }

        if (media.MaxSize is { } maxSize)
        {
            attributes.Add(new("max-size", maxSize.ToString(CultureInfo.InvariantCulture)));
        }

        attributes.Add(new("path", media.Path));
        if (media.Setup is { } setup)
        {
            attributes.Add(new("setup", setup switch { SetupRole.Active => "active", SetupRole.Passive => "passive", _ => "actpass" }));
        }

        if (media.IsChatroom)
        {
            attributes.Add(new("chatroom", media.ChatroomTokens.Count == 0 ? null : string.Join(' ', media.ChatroomTokens)));
        }

        attributes.AddRange(media.File?.ToSdp() ?? []);
        if (media.IsCema)
        {
            attributes.Add(new("msrp-cema"));
        }

        // sendrecv is what the absence of a direction means
        if (media.Direction != MediaDirection.SendReceive)
        {
            attributes.Add(new(media.Direction switch { MediaDirection.SendOnly => "sendonly", MediaDirection.ReceiveOnly => "recvonly", _ => "inactive" }));
        }

        return new MediaDescription { Media = "message", Port = media.Port, Protocol = protocol, Formats = "*", Attributes = attributes };
    }

    /// <summary>RFC 3264 section 6.1: each way is open only when both sides want it.</summary>
    private static MediaDirection AnswerDirection(MediaDirection offered, MediaDirection local)
    {
        var sends = offered is MediaDirection.SendReceive or MediaDirection.ReceiveOnly && local is MediaDirection.SendReceive or MediaDirection.SendOnly;
        var receives = offered is MediaDirection.SendReceive or MediaDirection.SendOnly && local is MediaDirection.SendReceive or MediaDirection.ReceiveOnly;
        return (sends, receives) switch
        {
            (true, true) => MediaDirection.SendReceive,
            (true, false) => MediaDirection.SendOnly,
            (false, true) => MediaDirection.ReceiveOnly,
            (false, false) => MediaDirection.Inactive,
        };
    }
}
