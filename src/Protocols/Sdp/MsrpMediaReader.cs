using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sdp;

/// <summary>Reads the MSRP attributes of one m-line.</summary>
internal static class MsrpMediaReader
{
    /// <summary>Longest host, in bytes (RFC 1035 section 2.3.4): whoever connects to a longer one finds out only then.</summary>
    private const int MaximumHost = 255;

    /// <summary>Whether the m-line is an MSRP chat that was not rejected. A file transfer (RFC 5547) is MSRP, but no chat.</summary>
    public static bool IsMsrpChat(MediaDescription media) => IsMsrp(media) && !IsFile(media);

    /// <summary>Whether the m-line is MSRP for one file, and not rejected.</summary>
    public static bool IsMsrpFile(MediaDescription media) => IsMsrp(media) && IsFile(media);

    public static bool IsProtocol(MediaDescription media, string protocol) =>
        string.Equals(media.Protocol, protocol, StringComparison.OrdinalIgnoreCase);

    public static SdpRejection Read(SessionDescription session, MediaDescription media, out MsrpMedia? msrp)
    {
        msrp = null;
        var path = media.Attribute("path")?.Trim();
        if (path is null || !MsrpPathSyntax.TryReadFirstHost(path, out var pathHost))
        {
            return SdpRejection.BadPath;
        }

        var host = media.ConnectionAddress ?? session.ConnectionAddress ?? pathHost;
        if (host.Length > MaximumHost)
        {
            return SdpRejection.BadHost;
        }

        if (media.Attribute("accept-types") is not { } acceptTypes || Tokens(acceptTypes) is not { Length: > 0 } types)
        {
            return SdpRejection.NoAcceptTypes;
        }

        var setupText = Find(session, media, "setup");
        var setup = Setup(setupText);
        if (setupText is not null && setup is null)
        {
            return SdpRejection.BadSetup;
        }

        FileTransfer? file = null;
        if (IsFile(media) && !FileTransfer.TryRead(media, out file))
        {
            return SdpRejection.BadFile;
        }

        var chatroom = media.Attribute("chatroom");
        msrp = new MsrpMedia
        {
            Protocol = IsProtocol(media, MsrpMedia.OverTls) ? MsrpMedia.OverTls : MsrpMedia.OverTcp,
            Host = host,
            Port = media.Port,
            Path = path,
            AcceptTypes = types,
            AcceptWrappedTypes = Tokens(media.Attribute("accept-wrapped-types")),
            MaxSize = MaxSize(media.Attribute("max-size") ?? media.Attribute("maxsize")),
            Setup = setup,
            Fingerprint = Fingerprint(media.Attributes) ?? Fingerprint(session.Attributes),
            IsChatroom = chatroom is not null,
            ChatroomTokens = Tokens(chatroom),
            Direction = Direction(session, media),
            File = file,
            IsCema = Find(session, media, "msrp-cema") is not null,
        };
        return SdpRejection.None;
    }

    internal static bool IsMsrp(MediaDescription media) =>
        media.Port != 0 &&
        string.Equals(media.Media, "message", StringComparison.OrdinalIgnoreCase) &&
        (IsProtocol(media, MsrpMedia.OverTcp) || IsProtocol(media, MsrpMedia.OverTls));

    private static bool IsFile(MediaDescription media) => media.Attribute("file-selector") is not null;

    /// <summary>An attribute of the section or, failing that, of the session.</summary>
    private static string? Find(SessionDescription session, MediaDescription media, string name) =>
        media.Attribute(name) ?? session.Attribute(name);

    // There may be one for each hash function.
    private static CertificateFingerprint? Fingerprint(IReadOnlyList<SdpAttribute> attributes)
    {
        for (var i = 0; i < attributes.Count; i++)
        {
            if (attributes[i] is { Name: "fingerprint", Value: { } text } && CertificateFingerprint.TryParse(text, out var fingerprint))
            {
                return fingerprint;
            }
        }

        return null;
    }

    // setup-attr = "a=setup:" role ; role = "active" / "passive" / "actpass" / "holdconn" (RFC 4145 section 4)
    private static SetupRole? Setup(string? value) => value?.Trim().ToLowerInvariant() switch
    {
        "active" => SetupRole.Active,
        "passive" => SetupRole.Passive,
        "actpass" => SetupRole.ActPass,
        _ => null,
    };

    // max-size = "max-size" ":" 1*(DIGIT). A number beyond 2^63, or none at all, limits nothing.
    private static long? MaxSize(string? value) =>
        value is not null && Digits.TryParse(Encoding.UTF8.GetBytes(value.Trim()), out var size) ? size : null;

    private static MediaDirection Direction(SessionDescription session, MediaDescription media) =>
        Direction(media.Attributes) ?? Direction(session.Attributes) ?? MediaDirection.SendReceive;

    private static MediaDirection? Direction(IReadOnlyList<SdpAttribute> attributes)
    {
        foreach (var attribute in attributes)
        {
            switch (attribute.Name)
            {
                case "sendrecv": return MediaDirection.SendReceive;
                case "sendonly": return MediaDirection.SendOnly;
                case "recvonly": return MediaDirection.ReceiveOnly;
                case "inactive": return MediaDirection.Inactive;
            }
        }

        return null;
    }

    private static string[] Tokens(string? value)
    {
        var tokens = value?.Split([' ', '\t'], SdpLimits.Tokens + 1, StringSplitOptions.RemoveEmptyEntries) ?? [];
        return tokens.Length > SdpLimits.Tokens ? tokens[..SdpLimits.Tokens] : tokens;
    }
}
