using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sdp;

/// <summary>
/// The MSRP stream of a session description, chat or file, as somebody sees it who stands between its maker and its reader: he passes it on
/// with his own end in the place of the maker's, and everything else as it was.
/// </summary>
/// <param name="Description">The whole description.</param>
/// <param name="Index">The place of the stream's section in it, from 0.</param>
/// <param name="Media">What the section says.</param>
public sealed record MsrpStream(SessionDescription Description, int Index, MsrpMedia Media)
{
    // They speak of the connection that the maker meant to use. A certificate that is not shown would be missed.
    private static readonly string[] OfTheConnection = ["setup", "fingerprint"];

    // What belongs to MSRP (RFC 4975, 6135, 6714, 7701), to files (RFC 5547), to the direction, and to messages that go on in a new session.
    private static readonly string[] Needed =
    [
        "setup", "fingerprint", "connection", "path", "accept-types", "accept-wrapped-types", "max-size", "maxsize", "msrp-cema", "chatroom",
        "sendrecv", "sendonly", "recvonly", "inactive", "x-omaim-resume",
        "file-selector", "file-transfer-id", "file-disposition", "file-date", "file-icon", "file-range",
    ];

    public MediaDescription Section => Description.Media[Index];

    /// <summary>The first MSRP stream that is not rejected.</summary>
    public static SdpRejection Find(SessionDescription description, out MsrpStream? stream)
    {
        stream = null;
        for (var i = 0; i < description.Media.Count; i++)
        {
            if (MsrpMediaReader.IsMsrp(description.Media[i]))
            {
                var rejection = MsrpMediaReader.Read(description, description.Media[i], out var media);
                stream = rejection == SdpRejection.None ? new MsrpStream(description, i, media!) : null;
                return rejection;
            }
        }

        return SdpRejection.NoMsrpMedia;
    }

    /// <inheritdoc cref="Find"/>
    public static bool TryFind(ReadOnlySpan<byte> text, [NotNullWhen(true)] out MsrpStream? stream)
    {
        stream = null;
        return SessionDescription.TryParse(text, out var description) && Find(description, out stream) == SdpRejection.None;
    }

    /// <summary>The description for the other side: path, address, port, transport and setup are those of <paramref name="end"/>, max-size is no larger than its.</summary>
    /// <param name="end">Our end towards the other side. Its types and direction are not used: those of the maker are kept.</param>
    /// <param name="layout">The sections that the other side expects; all but one are rejected.</param>
    /// <param name="index">The place of the stream among them.</param>
    public SessionDescription Anchor(MsrpMedia end, IReadOnlyList<MediaDescription> layout, int index) => Description with
    {
        ConnectionAddress = end.Host,
        Attributes = [.. Description.Attributes.Where(IsKept)],
        Media = [.. layout.Select((media, i) => i == index ? Anchor(Section, end) : Reject(media))],
    };

    /// <summary>A description in which only what MSRP and files need is left of what its maker says: no host, tool or name of his.</summary>
    public static SessionDescription WithoutMaker(SessionDescription description) => description with
    {
        SessionName = "-",
        Attributes = [.. description.Attributes.Where(IsNeeded)],
        Media = [.. description.Media.Select(static media => media with { Attributes = [.. media.Attributes.Where(IsNeeded)] })],
    };

    private static bool IsNeeded(SdpAttribute attribute) => Needed.Contains(attribute.Name, StringComparer.Ordinal);

    private static bool IsKept(SdpAttribute attribute) => !OfTheConnection.Contains(attribute.Name, StringComparer.Ordinal);

    private static MediaDescription Reject(MediaDescription media) => media with { Port = 0, Information = null, ConnectionAddress = null, Attributes = [] };

    private static MediaDescription Anchor(MediaDescription section, MsrpMedia end)
    {
        List<SdpAttribute> attributes = [];
        var hasSize = false;
        foreach (var attribute in section.Attributes.Where(IsKept))
        {
            var isSize = attribute.Name is "max-size" or "maxsize";
            attributes.Add(isSize ? attribute with { Value = Lower(attribute.Value, end.MaxSize) }
                : attribute.Name == "path" ? attribute with { Value = end.Path }
                : attribute);
            hasSize |= isSize;
        }

        if (!hasSize && end.MaxSize is { } size)
        {
            attributes.Add(new SdpAttribute("max-size", size.ToString(CultureInfo.InvariantCulture)));
        }

        attributes.Add(new SdpAttribute("setup", end.Setup switch { SetupRole.Active => "active", SetupRole.Passive => "passive", _ => "actpass" }));
        return section with { Port = end.Port, Protocol = end.Protocol, ConnectionAddress = null, Attributes = attributes };
    }

    private static string? Lower(string? text, long? maximum) =>
        maximum is { } most && (text is null || !Digits.TryParse(Encoding.UTF8.GetBytes(text.Trim()), out var size) || size > most)
            ? most.ToString(CultureInfo.InvariantCulture)
            : text;
}
