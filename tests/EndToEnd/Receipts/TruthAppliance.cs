using OmaIm.Appliance.Configuration;

namespace OmaIm.Tests.EndToEnd.Receipts;

/// <summary>An appliance with a sender, user1, and many recipients, who come back quickly or not at all.</summary>
public sealed class TruthAppliance : RunningAppliance
{
    public const int Recipients = 20;

    public TruthAppliance() => Accounts = Recipients + 1;

    protected override SessionSettings Sessions => new() { ReturnSeconds = 1 };
}
