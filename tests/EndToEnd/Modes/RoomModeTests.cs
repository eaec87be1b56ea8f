using OmaIm.Client;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Modes;

/// <summary>The three kinds of group when there are several devices, when a message is too large, and when somebody does not read.</summary>
public abstract class RoomModeTests(ModesAppliance appliance)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    protected ModesAppliance Appliance => appliance;

    [Fact]
    public async Task AMessageThatIsTooLargeIsRefusedAndTheRoomGoesOn()
    {
        await using var room = await GatherAsync();
        var failure = await Assert.ThrowsAsync<ImException>(() => room.Alice.SendAsync(new string('x', ModesAppliance.Limit + 1)).WaitAsync(Patience));
        Assert.Equal(413, failure.StatusCode);
        await room.Alice.SendAsync("that fits");
        Assert.Equal("that fits", (await room.Bob.NextMessageAsync()).Text);
    }

    [Fact]
    public async Task WhoDoesNotReadIsCutOffAndTheOthersHearEverything()
    {
        await using var room = await GatherAsync(SlowReader.Options);
        using var socket = await SlowReader.AttachAsync(appliance, room.Carol);
        await SlowReader.IsCutOffAsync(appliance, room.Alice, room.Bob);
    }

    [Fact]
    public async Task EachOfTheThreeHearsTheOthers()
    {
        await using var room = await GatherAsync();
        await room.Carol.SendAsync("from carol");
        Assert.Equal("from carol", (await room.Alice.NextMessageAsync()).Text);
        Assert.Equal("from carol", (await room.Bob.NextMessageAsync()).Text);
    }

    /// <summary>Alice, bob and carol in a room of this kind, in the way of this kind.</summary>
    /// <param name="carols">How carol is there; null for the defaults.</param>
    protected abstract Task<Gathering> GatherAsync(JoinOptions? carols = null);

    /// <summary>Accepts the next invitation of a client that is registered from then on.</summary>
    protected async Task<Task<RoomSession>> ExpectAsync(string user, JoinOptions? options = null)
    {
        var accepted = new TaskCompletionSource<RoomSession>(TaskCreationOptions.RunContinuationsAsynchronously);
        var client = appliance.Client(user);
        client.Invited += invitation => _ = AcceptAsync(invitation);
        await client.RegisterAsync();
        return CompleteAsync();

        async Task AcceptAsync(Invitation invitation)
        {
            try
            {
                accepted.TrySetResult(await invitation.AcceptAsync(options));
            }
            catch (ImException failure)
            {
                accepted.TrySetException(failure);
            }
        }

        async Task<RoomSession> CompleteAsync()
        {
            var session = await accepted.Task.WaitAsync(Patience);
            await client.UnregisterAsync();
            return session;
        }
    }

    /// <summary>All devices of a user ring, and the others hear when one has come.</summary>
    protected async Task AllDevicesRingAsync(Func<Task<RoomSession>> call)
    {
        await using var phone = await WireUser.RegisteredAsync(appliance.Host.SipTcp, "bob");
        var laptop = await ExpectAsync("bob");
        await using var alice = await call();
        var ringing = await phone.IncomingAsync("INVITE");
        await phone.RespondAsync(ringing, 180, "Ringing", tag: "p1");
        await phone.RespondAsync(await phone.IncomingAsync("CANCEL"), 200, "OK", tag: "p1");
        await phone.RespondAsync(ringing, 487, "Request Terminated", tag: "p1");
        await using var bob = await laptop;
        await alice.SendAsync("welcome");
        Assert.Equal("welcome", (await bob.NextMessageAsync()).Text);
    }

    /// <summary>Three in a room.</summary>
    protected sealed record Gathering(RoomSession Alice, RoomSession Bob, RoomSession Carol) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Carol.DisposeAsync();
            await Bob.DisposeAsync();
            await Alice.DisposeAsync();
        }
    }
}
