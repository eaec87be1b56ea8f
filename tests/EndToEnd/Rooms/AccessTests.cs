using OmaIm.Client;
using OmaIm.Stack.Transport;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Rooms;

public sealed class AccessTests(RunningAppliance appliance) : IClassFixture<RunningAppliance>
{
    [Theory]
    [InlineData(SipProtocol.Tcp)]
    [InlineData(SipProtocol.Udp)]
    public async Task AWrongPasswordIsRefused(SipProtocol transport)
    {
        var client = appliance.Client("alice", "wrong", transport);
        Assert.Equal(ImFailure.AuthenticationRefused, (await Assert.ThrowsAsync<ImException>(() => client.RegisterAsync())).Failure);
        Assert.Equal(ImFailure.AuthenticationRefused, (await Assert.ThrowsAsync<ImException>(() => client.JoinAsync(RunningAppliance.Lobby))).Failure);
    }

    [Fact]
    public async Task AnUnknownRoomIsNotFoundAndNotCreated()
    {
        var client = appliance.Client("alice");
        for (var i = 0; i < 2; i++)
        {
            var failure = await Assert.ThrowsAsync<ImException>(() => client.JoinAsync("sip:nowhere@rooms.localhost"));
            Assert.Equal((ImFailure.NotFound, 404), (failure.Failure, failure.StatusCode));
        }
    }

    [Fact]
    public async Task AServerThatIsNotThereIsUnreachable()
    {
        await using var client = new ImClient(new ImClientOptions { User = "alice", Password = "alice-secret", Server = "127.0.0.1:1" });
        Assert.Equal(ImFailure.Unreachable, (await Assert.ThrowsAsync<ImException>(() => client.RegisterAsync())).Failure);
    }

    [Fact]
    public async Task RegisteringAndUnregisteringSucceed()
    {
        var client = appliance.Client("dave");
        await client.RegisterAsync();
        Assert.Equal(RegistrationState.Registered, client.Registration);
        await client.UnregisterAsync();
        Assert.Equal(RegistrationState.None, client.Registration);
    }

    [Fact]
    public async Task CancellingAJoinIsTypedAsSuch()
    {
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => appliance.Client("dave").JoinAsync(RunningAppliance.Lobby, cancellationToken: cancellation.Token));
    }
}
