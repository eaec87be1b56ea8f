namespace OmaIm.Server.Core;

/// <summary>The authenticated sender of a request: the identity that counts, whatever From, CPIM or a nickname say.</summary>
/// <param name="User">The account.</param>
/// <param name="Aor">The address-of-record, <c>sip:alice@localhost</c>.</param>
public sealed record Caller(string User, string Aor);
