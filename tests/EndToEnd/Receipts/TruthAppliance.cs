namespace OmaIm.Tests.EndToEnd.Receipts;

/// <summary>An appliance with a sender, user1, and many recipients.</summary>
public sealed class TruthAppliance : RunningAppliance
{
    public const int Recipients = 20;

    public TruthAppliance() => Accounts = Recipients + 1;
}
