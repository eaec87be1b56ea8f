using OmaIm.Client;
using OmaIm.Stack.Transport;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Rooms;

public sealed class CrowdTests : IAsyncLifetime
{
    private const int Members = 300;

    private readonly RunningAppliance _appliance = new() { Accounts = Members };

    public Task InitializeAsync() => _appliance.InitializeAsync();

    public Task DisposeAsync() => _appliance.DisposeAsync();

    [Theory]
    [InlineData(SipProtocol.Tcp)]
    [InlineData(SipProtocol.Udp)]
    public async Task ACrowdJoinsTogetherThroughOneRuntimeAndHearsEverything(SipProtocol transport)
    {
        var joining = Enumerable.Range(1, Members)
            .Select(i => _appliance.Client($"user{i}", transport: transport).JoinAsync(
                RunningAppliance.Lobby, new JoinOptions { SubscribeRoster = false }));
        var rooms = await Task.WhenAll(joining);

        await rooms[0].SendAsync("can everybody hear me?");
        var heard = await Task.WhenAll(rooms[1..].Select(room => room.NextMessageAsync()));
        Assert.All(heard, message => Assert.Equal("can everybody hear me?", message.Text));
        await Task.WhenAll(rooms.Select(room => room.LeaveAsync()));
    }
}
