using System.Diagnostics.CodeAnalysis;
using System.Xml.Linq;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Imdn;

internal static class ImdnReader
{
    private static readonly XNamespace Ns = ImdnNames.Namespace;

    public static bool TryRead(ReadOnlyMemory<byte> document, [NotNullWhen(true)] out ImdnDocument? imdn)
    {
        imdn = null;
        if (!SafeXml.TryLoad(document, out var root, ImdnDocument.MaximumCharacters) || root.Name != Ns + "imdn" ||
            Text(root, "message-id") is not { Length: > 0 and <= ImdnDocument.MaximumIdLength } messageId ||
            Only(root, ImdnNames.Kind) is not var (notification, kind) || notification.Element(Ns + "status") is not { } element ||
            Only(element, ImdnNames.Status) is not var (_, status) || !ImdnDocument.IsPossible(kind, status))
        {
            return false;
        }

        imdn = new ImdnDocument
        {
            MessageId = messageId,
            DateTime = Rfc3339.TryParse(Text(root, "datetime"), out var time) ? time : null,
            RecipientUri = Text(root, "recipient-uri"),
            OriginalRecipientUri = Text(root, "original-recipient-uri"),
            Subject = Text(root, "subject"),
            Kind = kind,
            Status = status,
        };
        return true;
    }

    /// <summary>The one child that means something; two that do, would say two things.</summary>
    private static (XElement Element, T Meaning)? Only<T>(XElement parent, Func<XName, T?> meaningOf)
        where T : struct
    {
        (XElement, T)? only = null;
        foreach (var child in parent.Elements())
        {
            if (meaningOf(child.Name) is not { } meaning)
            {
                continue;
            }

            if (only is not null)
            {
                return null;
            }

            only = (child, meaning);
        }

        return only;
    }

    private static string? Text(XElement root, string name) => root.Element(Ns + name)?.Value.Trim();
}
