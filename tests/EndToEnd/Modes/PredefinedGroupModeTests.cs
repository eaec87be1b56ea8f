using OmaIm.Client;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Modes;

/// <summary>A pre-defined group (OMA IM section 7.3): alice comes first, and the other members are called.</summary>
public sealed class PredefinedGroupModeTests(ModesAppliance appliance) : RoomModeTests(appliance), IClassFixture<ModesAppliance>
{
    [Fact]
    public Task AllDevicesRingAndOneComes() => AllDevicesRingAsync(() => Appliance.Client("alice").JoinAsync(ModesAppliance.Team));

    [Fact]
    public async Task WhoIsNoMemberIsForbidden()
    {
        var failure = await Assert.ThrowsAsync<ImException>(() => Appliance.Client("dave").JoinAsync(ModesAppliance.Team));
        Assert.Equal((ImFailure.Forbidden, 403), (failure.Failure, failure.StatusCode));
    }

    protected override async Task<Gathering> GatherAsync(JoinOptions? carols = null)
    {
        var (bob, carol) = (await ExpectAsync("bob"), await ExpectAsync("carol", carols));
        var alice = await Appliance.Client("alice").JoinAsync(ModesAppliance.Team);
        return new Gathering(alice, await bob, await carol);
    }
}
