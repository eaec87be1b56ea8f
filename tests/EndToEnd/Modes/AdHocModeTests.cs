using OmaIm.Client;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Modes;

/// <summary>An ad-hoc group: alice makes it, and has the others called.</summary>
public sealed class AdHocModeTests(ModesAppliance appliance) : RoomModeTests(appliance), IClassFixture<ModesAppliance>
{
    [Fact]
    public Task AllDevicesRingAndOneComes() =>
        AllDevicesRingAsync(() => Appliance.Client("alice").CreateRoomAsync(["sip:bob@localhost"]));

    protected override async Task<Gathering> GatherAsync(JoinOptions? carols = null)
    {
        var (bob, carol) = (await ExpectAsync("bob"), await ExpectAsync("carol", carols));
        var alice = await Appliance.Client("alice").CreateRoomAsync(["sip:bob@localhost", "sip:carol@localhost"]);
        return new Gathering(alice, await bob, await carol);
    }
}
