namespace OmaIm.Client;

/// <summary>Whether others can reach this client at its address (RFC 3261 section 10).</summary>
public enum RegistrationState
{
    /// <summary>Not asked for, or given up by <see cref="ImClient.UnregisterAsync"/>.</summary>
    None,

    Registered,

    /// <summary>The registration was lost or could not be refreshed; it is tried again, with growing waits.</summary>
    Retrying,
}
