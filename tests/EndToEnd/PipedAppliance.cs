using OmaIm.Appliance.Configuration;

namespace OmaIm.Tests.EndToEnd;

/// <summary>An appliance whose MSRP comes through Kestrel's pipes, as everywhere but on Linux.</summary>
public sealed class PipedAppliance : RunningAppliance
{
    protected override MsrpSettings MsrpSettings => base.MsrpSettings with { DirectSockets = false };
}
