namespace OmaIm.Server.Core;

/// <summary>Bounds and periods of the registrar (RFC 3261 section 10.3).</summary>
public sealed record RegistrarOptions
{
    /// <summary>Contacts of one user: his devices, with room for the addresses that they left behind.</summary>
    public int ContactsPerUser { get; init; } = 10;

    /// <summary>Shorter registrations get 423: each one costs a digest.</summary>
    public TimeSpan MinimumExpires { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Taken when the client names no expiry (RFC 3261 section 10.2).</summary>
    public TimeSpan DefaultExpires { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Longer registrations are shortened to this: dead contacts must go some day.</summary>
    public TimeSpan MaximumExpires { get; init; } = TimeSpan.FromHours(2);
}
