using OmaIm.Appliance.Configuration;
using OmaIm.Tests.EndToEnd;

namespace OmaIm.Tests.Interop.Clients;

/// <summary>An appliance for clients that give up at a challenge with SHA-256.</summary>
public sealed class Md5Appliance : RunningAppliance
{
    protected override AdmissionSettings Admission => base.Admission with { Sha256 = false };
}
