using OmaIm.Server.Core;

namespace OmaIm.Appliance.Configuration;

public sealed record RegistrarSettings
{
    private static readonly RegistrarOptions Defaults = new();

    [Setting("Contacts of one user; one more is refused with 403.", Minimum = 1, Maximum = 1_000,
        Reason = "A user's devices, with room for the addresses that they left behind.")]
    public int ContactsPerUser { get; init; } = Defaults.ContactsPerUser;

    [Setting("Shorter registrations get 423.", Minimum = 1, Maximum = 86_400, Unit = "s", Reason = "Each one costs a digest.")]
    public int MinimumSeconds { get; init; } = (int)Defaults.MinimumExpires.TotalSeconds;

    [Setting("Taken when the client names no expiry.", Minimum = 1, Maximum = 86_400, Unit = "s", Reason = "RFC 3261 section 10.2.")]
    public int DefaultSeconds { get; init; } = (int)Defaults.DefaultExpires.TotalSeconds;

    [Setting("Longer registrations are shortened to this.", Minimum = 1, Maximum = 604_800, Unit = "s", Reason = "Dead contacts must go some day.")]
    public int MaximumSeconds { get; init; } = (int)Defaults.MaximumExpires.TotalSeconds;
}
