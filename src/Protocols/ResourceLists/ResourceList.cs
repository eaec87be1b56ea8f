using System.Diagnostics.CodeAnalysis;

namespace OmaIm.Protocols.ResourceLists;

/// <summary>URI lists in application/resource-lists+xml (RFC 4826, RFC 5363, RFC 5364).</summary>
public static class ResourceList
{
    /// <summary>How many entries a list may have unless the caller says otherwise: an invitation to more people is a mistake or an attack.</summary>
    public const int DefaultMaximumEntries = 100;

    /// <summary>Reads all entries of all lists, nested ones included, in document order.</summary>
    public static bool TryParse(ReadOnlyMemory<byte> document, [NotNullWhen(true)] out IReadOnlyList<ResourceListEntry>? entries, int maximumEntries = DefaultMaximumEntries) => throw new NotSupportedException();

    /// <summary>Writes one list.</summary>
    public static byte[] Write(IEnumerable<ResourceListEntry> entries) => throw new NotSupportedException();
}
