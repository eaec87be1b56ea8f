namespace OmaIm.Protocols.Text;

/// <summary>
/// Declares a type as the value of a header. The generator derives from it the header's id, its lookup by name and
/// compact form, its place in the writer's order and its typed access; see generators/README.md.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class HeaderAttribute(HeaderProtocol protocol, string name) : Attribute
{
    /// <summary>Whose header it is.</summary>
    public HeaderProtocol Protocol { get; } = protocol;

    /// <summary>The canonical name, as it is written: "Call-ID".</summary>
    public string Name { get; } = name;

    /// <summary>The compact form (RFC 3261 section 7.3.3), one letter, or null.</summary>
    public string? Compact { get; set; }

    /// <summary>How often it may stand in a message.</summary>
    public HeaderCardinality Cardinality { get; set; }

    /// <summary>Its place when a message is composed: smaller comes first, equal ones in the order of adding.</summary>
    public byte Order { get; set; } = 100;
}
