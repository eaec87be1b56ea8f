namespace OmaIm.Server.Admission;

/// <summary>What a nonce turns out to be.</summary>
public enum NonceStatus
{
    Valid,

    /// <summary>Ours, but its lifetime is over.</summary>
    Expired,

    /// <summary>Not made by this server for this realm.</summary>
    Invented,
}
