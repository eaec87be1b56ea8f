namespace OmaIm.Protocols.Cpim;

/// <summary>The value of From, To and cc (RFC 3862 section 4): a URI and perhaps a formal name.</summary>
public sealed record CpimAddress(string Uri, string? Name = null);
