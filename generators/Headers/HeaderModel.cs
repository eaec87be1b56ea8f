namespace OmaIm.Generators.Headers;

/// <summary>
/// One attributed type, as far as the emitted text depends on it. Every member is compared by value and none is a symbol
/// or a location: otherwise an edit elsewhere would run the emitter again.
/// </summary>
/// <param name="Protocol">Whose header it is.</param>
/// <param name="Name">The canonical name: "Call-ID".</param>
/// <param name="Compact">The compact form, a lower-case letter, or null.</param>
/// <param name="Cardinality">How often it may stand in a message.</param>
/// <param name="Order">Its place in the writer's order.</param>
/// <param name="TypeName">The type with its namespace.</param>
/// <param name="Id">The enum member and property: the type's name without "Header".</param>
internal sealed record HeaderModel(
    Protocol Protocol, string Name, string? Compact, Cardinality Cardinality, byte Order, string TypeName, string Id);
