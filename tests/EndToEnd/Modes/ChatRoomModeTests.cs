using OmaIm.Client;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Modes;

/// <summary>A chat room, to which everybody comes by himself.</summary>
public sealed class ChatRoomModeTests(ModesAppliance appliance) : RoomModeTests(appliance), IClassFixture<ModesAppliance>
{
    protected override async Task<Gathering> GatherAsync(JoinOptions? carols = null) => new(
        await Appliance.JoinLobbyAsync("alice"), await Appliance.JoinLobbyAsync("bob"), await Appliance.JoinLobbyAsync("carol", carols));
}
