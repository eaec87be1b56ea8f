using System.Xml.Linq;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Imdn;

internal static class ImdnWriter
{
    private static readonly XNamespace Ns = ImdnNames.Namespace;

    public static byte[] Write(ImdnDocument imdn)
    {
        if (!ImdnDocument.IsPossible(imdn.Kind, imdn.Status))
        {
            throw new ArgumentException($"A {ImdnNames.Of(imdn.Kind)} is never {ImdnNames.Of(imdn.Status)}.");
        }

        // The schema's order: message-id, datetime, recipient-uri, original-recipient-uri, subject, the notification.
        return SafeXml.Write(new XElement(
            Ns + "imdn",
            new XElement(Ns + "message-id", imdn.MessageId),
            Optional("datetime", imdn.DateTime is { } time ? Rfc3339.Format(time) : null),
            Optional("recipient-uri", imdn.RecipientUri),
            Optional("original-recipient-uri", imdn.OriginalRecipientUri),
            Optional("subject", imdn.Subject),
            new XElement(
                Ns + ImdnNames.Of(imdn.Kind),
                new XElement(Ns + "status", new XElement(Ns + ImdnNames.Of(imdn.Status))))));
    }

    private static XElement? Optional(string name, string? value) => value is null ? null : new XElement(Ns + name, value);
}
