using System.Globalization;
using OmaIm.Protocols.Multipart;
using OmaIm.Protocols.Sdp;
using OmaIm.Protocols.Sip;

namespace OmaIm.Server.Sessions;

/// <summary>
/// The body of a message that offers or answers: a session description, alone or beside other parts, such as a first message or an icon
/// (RFC 5621). <see cref="With"/> puts another description in its place and leaves the other parts as they are.
/// </summary>
internal sealed class SessionBody
{
    public const string Sdp = "application/sdp";

    private readonly IReadOnlyList<BodyPart> _parts;
    private readonly int _index;

    private SessionBody(string contentType, ReadOnlyMemory<byte> bytes, SessionDescription? description, IReadOnlyList<BodyPart>? parts = null, int index = 0)
    {
        ContentType = contentType;
        Bytes = bytes;
        Description = description;
        _parts = parts ?? [];
        _index = index;
    }

    public string ContentType { get; }

    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Null when there is no body.</summary>
    public SessionDescription? Description { get; }

    public static SessionRefusal Read(SipMessage message, out SessionBody body)
    {
        body = new SessionBody("", default, null);
        if (message.Body.IsEmpty)
        {
            return SessionRefusal.None;
        }

        if (message.ContentType is not { } type || message.Headers.Contains(SipHeaderId.ContentEncoding))
        {
            return SessionRefusal.UnsupportedBody;
        }

        var contentType = message.Headers.GetText(SipHeaderId.ContentType)!;
        if (string.Equals(type.MediaType, Sdp, StringComparison.Ordinal))
        {
            return Read(contentType, message.Body, [BodyPart.Create(Sdp, message.Body)], isMultipart: false, ref body);
        }

        if (!type.MediaType.StartsWith("multipart/", StringComparison.Ordinal))
        {
            return SessionRefusal.UnsupportedBody;
        }

        return MultipartBody.TryParse(contentType, message.Body, out var parts)
            ? Read(contentType, message.Body, parts, isMultipart: true, ref body)
            : SessionRefusal.BadDescription;
    }

    /// <summary>The same body with another description.</summary>
    public SessionBody With(SessionDescription description)
    {
        var bytes = description.ToBytes();
        if (_parts.Count == 0)
        {
            return new SessionBody(Sdp, bytes, description);
        }

        List<BodyPart> parts = [.. _parts];
        parts[_index] = parts[_index] with
        {
            Content = bytes,
            Headers = [.. parts[_index].Headers.Select(header => WithLength(header, bytes.Length))],
        };
        var subtype = MimeType.TryParse(ContentType, out var type) ? type.Name["multipart/".Length..] : "mixed";
        var whole = MultipartBody.Write(subtype, parts, out var contentType);
        return new SessionBody(contentType, whole, description, parts, _index);
    }

    /// <summary>Whether it offers a file of more bytes. Only a file says how much is coming: max-size is what the offerer takes himself (RFC 4975 section 8.6).</summary>
    public bool IsFileLargerThan(long maximum) =>
        Description is { } offer && MsrpStream.Find(offer, out var stream) == SdpRejection.None && stream!.Media.File?.Selector.Size > maximum;

    private static SessionRefusal Read(string contentType, ReadOnlyMemory<byte> bytes, IReadOnlyList<BodyPart> parts, bool isMultipart, ref SessionBody body)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            if (string.Equals(parts[i].MediaType, Sdp, StringComparison.Ordinal))
            {
                var isReadable = SessionDescription.TryParse(parts[i].Content.Span, out var description);
                body = new SessionBody(contentType, bytes, description, isMultipart ? parts : null, i);
                return isReadable ? SessionRefusal.None : SessionRefusal.BadDescription;
            }
        }

        return SessionRefusal.UnsupportedBody;
    }

    // Clients count the bytes of their parts, though nothing asks them to.
    private static MimeHeader WithLength(MimeHeader header, int length) =>
        string.Equals(header.Name, "Content-Length", StringComparison.OrdinalIgnoreCase)
            ? header with { Value = length.ToString(CultureInfo.InvariantCulture) }
            : header;
}
