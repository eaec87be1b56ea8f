using OmaIm.Tests.EndToEnd;
using Xunit;

namespace OmaIm.Tests.Interop.Relays;

public sealed class OneToOneAnchoredTests(RunningAppliance appliance) : OneToOneTests(appliance), IClassFixture<RunningAppliance>
{
    protected override bool IsAnchored => true;
}
