namespace OmaIm.Server.Core;

/// <summary>Where a user can be reached now (RFC 3261 section 10: the abstract location service).</summary>
public interface ILocationService
{
    /// <summary>The registered contacts of an address-of-record, the preferred ones first; empty when there is none.</summary>
    IReadOnlyList<RegisteredContact> Find(string aor);
}
