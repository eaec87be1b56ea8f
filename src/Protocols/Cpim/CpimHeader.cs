namespace OmaIm.Protocols.Cpim;

/// <summary>One message header (RFC 3862 section 3.1). Names are case-sensitive.</summary>
/// <param name="Name">The name as written, with its namespace prefix: <c>imdn.Message-ID</c>.</param>
/// <param name="Value">The value, escapes resolved.</param>
/// <param name="Parameters">What stands between the colon and the space, for example <c>;lang=en</c>; empty when there is none.</param>
public sealed record CpimHeader(string Name, string Value, string Parameters = "");
