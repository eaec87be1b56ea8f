using OmaIm.Client;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>An appliance with two people talking in the lobby while somebody else misbehaves beside them.</summary>
public class HostileRoom : IAsyncLifetime
{
    private readonly RunningAppliance _appliance;
    private RoomSession _alice = null!;
    private RoomSession _bob = null!;
    private int _said;

    public HostileRoom()
        : this(new RunningAppliance())
    {
    }

    protected HostileRoom(RunningAppliance appliance) => _appliance = appliance;

    public RunningAppliance Appliance => _appliance;

    /// <summary>The server's path of alice's session: her secret.</summary>
    public string PathOfAlice => _alice.Msrp!.RemotePath;

    public async Task InitializeAsync()
    {
        await _appliance.InitializeAsync();
        _alice = await _appliance.JoinLobbyAsync("alice", new JoinOptions { SubscribeRoster = false });
        _bob = await _appliance.JoinLobbyAsync("bob", new JoinOptions { SubscribeRoster = false });
    }

    public Task DisposeAsync() => _appliance.DisposeAsync();

    /// <summary>Bob has heard exactly this since the last look, then what alice says now: nothing got lost, nothing came in between.</summary>
    public async Task GoesOnAfterAsync(params string[] heard)
    {
        foreach (var text in heard)
        {
            Assert.Equal(text, (await _bob.NextMessageAsync()).Text);
        }

        var next = $"still here {++_said}";
        await _alice.SendAsync(next);
        Assert.Equal(next, (await _bob.NextMessageAsync()).Text);
    }

    /// <summary>The sum of a counter's series whose labels hold the text behind the bar: metric|label.</summary>
    public async Task<double> CountAsync(string counter) => counter.Length == 0 ? 0 : await Figures.CountAsync(_appliance, counter);
}
