namespace OmaIm.Protocols.ResourceLists;

/// <summary>One entry of a URI list (RFC 4826 section 3.1) with its RFC 5364 attributes.</summary>
/// <param name="Uri">The URI as written, percent-encoding included.</param>
/// <param name="CopyControl">Null when the attribute is absent.</param>
/// <param name="Anonymize">Whether the others must not learn this URI.</param>
/// <param name="DisplayName">The display-name element, or null.</param>
/// <param name="Count">How many recipients an anonymous entry stands for; null for one that stands for itself.</param>
public sealed record ResourceListEntry(string Uri, CopyControl? CopyControl = null, bool Anonymize = false, string? DisplayName = null, int? Count = null);
