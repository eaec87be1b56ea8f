using OmaIm.Client;
using OmaIm.Stack.Transport;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Rooms;

public abstract class CrowdTests(RunningAppliance appliance) : IAsyncLifetime
{
    private const int Members = 300;

    public Task InitializeAsync() => appliance.InitializeAsync();

    public Task DisposeAsync() => appliance.DisposeAsync();

    [Theory]
    [InlineData(SipProtocol.Tcp)]
    [InlineData(SipProtocol.Udp)]
    public async Task ACrowdJoinsTogetherThroughOneRuntimeAndHearsEverything(SipProtocol transport)
    {
        var joining = Enumerable.Range(1, Members)
            .Select(i => appliance.Client($"user{i}", transport: transport).JoinAsync(
                RunningAppliance.Lobby, new JoinOptions { SubscribeRoster = false }));
        var rooms = await Task.WhenAll(joining);

        await rooms[0].SendAsync("can everybody hear me?");
        var heard = await Task.WhenAll(rooms[1..].Select(room => room.NextMessageAsync()));
        Assert.All(heard, message => Assert.Equal("can everybody hear me?", message.Text));
        await Task.WhenAll(rooms.Select(room => room.LeaveAsync()));
    }

    public sealed class OverSockets() : CrowdTests(new RunningAppliance { Accounts = Members });

    public sealed class OverPipes() : CrowdTests(new PipedAppliance { Accounts = Members });
}
