using OmaIm.Protocols.ResourceLists;

namespace OmaIm.Server.Pager;

/// <summary>One recipient of a list.</summary>
/// <param name="Aor">His address-of-record.</param>
/// <param name="Entry">How the sender named him, and who may know of him.</param>
internal sealed record ListRecipient(string Aor, ResourceListEntry Entry);
