namespace OmaIm.Protocols.Sdp;

/// <summary>One <c>a=</c> line (RFC 8866 section 5.13): a property (<c>a=name</c>) or a value (<c>a=name:value</c>).</summary>
/// <param name="Name">The attribute name; compared case-sensitively, as the RFC demands.</param>
/// <param name="Value">Everything after the colon, or null for a property attribute.</param>
public sealed record SdpAttribute(string Name, string? Value = null);

internal static class SdpAttributes
{
    /// <summary>The value of the first attribute of that name: empty for a property attribute, null when there is none.</summary>
    public static string? ValueOf(this IReadOnlyList<SdpAttribute> attributes, string name)
    {
        foreach (var attribute in attributes)
        {
            if (string.Equals(attribute.Name, name, StringComparison.Ordinal))
            {
                return attribute.Value ?? string.Empty;
            }
        }

        return null;
    }
}
