using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Xml.Linq;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.ResourceLists;

/// <summary>URI lists in application/resource-lists+xml (RFC 4826, RFC 5363, RFC 5364).</summary>
public static class ResourceList
{
    public const string ContentType = "application/resource-lists+xml";

    /// <summary>How many entries a list may have unless the caller says otherwise: an invitation to more people is a mistake or an attack.</summary>
    public const int DefaultMaximumEntries = 100;

    /// <summary>Longest URI in characters.</summary>
    private const int MaximumUri = 1024;

    private static readonly XNamespace Lists = "urn:ietf:params:xml:ns:resource-lists";
    private static readonly XNamespace Copy = "urn:ietf:params:xml:ns:copycontrol";

    /// <summary>
    /// Reads all entries of all lists, nested ones included, in document order. References to lists and entries elsewhere
    /// (external, entry-ref) are not followed: RFC 5363 section 4.1 lets a URI-list service ignore them.
    /// </summary>
    /// <param name="document">The XML document.</param>
    /// <param name="entries">The entries; the same URI may occur more than once.</param>
    /// <param name="maximumEntries">A document with more entries is refused.</param>
    public static bool TryParse(
        ReadOnlyMemory<byte> document,
        [NotNullWhen(true)] out IReadOnlyList<ResourceListEntry>? entries,
        int maximumEntries = DefaultMaximumEntries)
    {
        entries = null;
        if (!SafeXml.TryLoad(document, out var root) || root.Name != Lists + "resource-lists")
        {
            return false;
        }

        List<ResourceListEntry> read = [];
        foreach (var element in root.Descendants(Lists + "entry"))
        {
            if (read.Count == maximumEntries || !TryRead(element, out var entry))
            {
                return false;
            }

            read.Add(entry);
        }

        entries = read;
        return true;
    }

    /// <summary>Writes one list. Throws <see cref="ArgumentException"/> for characters that XML cannot carry.</summary>
    public static byte[] Write(IEnumerable<ResourceListEntry> entries)
    {
        var list = new XElement(Lists + "list");
        foreach (var entry in entries)
        {
            var element = new XElement(Lists + "entry", new XAttribute("uri", entry.Uri));
            if (entry.CopyControl is { } copy)
            {
                element.Add(new XAttribute(Copy + "copyControl", copy switch { CopyControl.To => "to", CopyControl.Cc => "cc", _ => "bcc" }));
            }

            if (entry.Anonymize)
            {
                element.Add(new XAttribute(Copy + "anonymize", "true"));
            }

            if (entry.Count is { } count)
            {
                element.Add(new XAttribute(Copy + "count", count));
            }

            if (entry.DisplayName is { } name)
            {
                element.Add(new XElement(Lists + "display-name", name));
            }

            list.Add(element);
        }

        return SafeXml.Write(new XElement(Lists + "resource-lists", new XAttribute(XNamespace.Xmlns + "cp", Copy.NamespaceName), list));
    }

    private static bool TryRead(XElement element, [NotNullWhen(true)] out ResourceListEntry? entry)
    {
        entry = null;
        var uri = element.Attribute("uri")?.Value.Trim();
        if (uri is not { Length: > 0 and <= MaximumUri } || uri.Any(character => char.IsControl(character) || char.IsWhiteSpace(character)))
        {
            return false;
        }

        if (!TryReadCopyControl(CopyAttribute(element, "copyControl"), out var copyControl))
        {
            return false;
        }

        var anonymize = CopyAttribute(element, "anonymize") is "true" or "1";
        var isCounted = Digits.TryParse(Encoding.UTF8.GetBytes(CopyAttribute(element, "count") ?? ""), int.MaxValue, out var number);
        entry = new ResourceListEntry(uri, copyControl, anonymize, element.Element(Lists + "display-name")?.Value.Trim(), isCounted ? (int)number : null);
        return true;
    }

    // The attributes belong to the namespace of RFC 5364; some clients forget the prefix.
    private static string? CopyAttribute(XElement element, string name) =>
        (element.Attribute(Copy + name) ?? element.Attribute(name))?.Value.Trim();

    private static bool TryReadCopyControl(string? value, out CopyControl? copyControl)
    {
        copyControl = value switch { "to" => CopyControl.To, "cc" => CopyControl.Cc, "bcc" => CopyControl.Bcc, _ => null };
        return copyControl is not null || value is null;
    }
}
