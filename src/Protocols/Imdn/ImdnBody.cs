using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Multipart;

namespace OmaIm.Protocols.Imdn;

/// <summary>
/// Notifications as content of a message: one message/imdn+xml, or several that a list server has gathered, as parts of a multipart/mixed
/// (RFC 5438 section 8.3).
/// </summary>
public static class ImdnBody
{
    /// <summary>The Content-Disposition of a notification (RFC 5438 section 7.2.1.1).</summary>
    public const string Disposition = "notification";

    /// <summary>
    /// Whether content of that type can be notifications and nothing else, so that it must not be notified of in its turn. For
    /// multipart/mixed only <see cref="TryParse"/> can say.
    /// </summary>
    public static bool IsImdn(string? contentType) =>
        contentType is not null && MimeType.TryParse(contentType, out var type) && type.Name == ImdnDocument.ContentType;

    /// <summary>
    /// Reads one or several notifications. False for other content, when one of the parts is not a notification, and for crossed limits
    /// (<see cref="MultipartBody.MaximumParts"/>).
    /// </summary>
    public static bool TryParse(string? contentType, ReadOnlyMemory<byte> content, [NotNullWhen(true)] out IReadOnlyList<ImdnDocument>? notifications)
    {
        notifications = null;
        if (contentType is null)
        {
            return false;
        }

        if (IsImdn(contentType))
        {
            notifications = ImdnDocument.TryParse(content, out var imdn) ? [imdn] : null;
            return notifications is not null;
        }

        if (!MimeType.TryParse(contentType, out var type) || type.Name != "multipart/mixed" || !MultipartBody.TryParse(contentType, content, out var parts))
        {
            return false;
        }

        List<ImdnDocument> documents = [];
        foreach (var part in parts)
        {
            if (!IsImdn(part.Header("Content-Type")) || !ImdnDocument.TryParse(part.Content, out var imdn))
            {
                return false;
            }

            documents.Add(imdn);
        }

        notifications = documents;
        return true;
    }

    /// <summary>Writes several notifications as one body. Throws <see cref="ArgumentException"/> as <see cref="ImdnDocument.ToBytes"/>, and for none or too many.</summary>
    public static byte[] Write(IReadOnlyList<ImdnDocument> notifications, out string contentType)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(notifications.Count, MultipartBody.MaximumParts);
        if (notifications is [var only])
        {
            contentType = ImdnDocument.ContentType;
            return only.ToBytes();
        }

        BodyPart[] parts = [.. notifications.Select(imdn => BodyPart.Create(ImdnDocument.ContentType, imdn.ToBytes(), Disposition))];
        return MultipartBody.Write("mixed", parts, out contentType);
    }
}
