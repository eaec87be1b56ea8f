using OmaIm.Tests.Interop.Capture;
using Xunit;

namespace OmaIm.Tests.Interop.Relays;

public sealed class OneToOneDirectTests(DirectAppliance appliance) : OneToOneTests(appliance), IClassFixture<DirectAppliance>
{
    protected override bool IsAnchored => false;
}
