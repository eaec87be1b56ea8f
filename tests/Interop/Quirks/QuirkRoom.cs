using OmaIm.Client;
using OmaIm.Tests.EndToEnd;
using Xunit;

namespace OmaIm.Tests.Interop.Quirks;

/// <summary>An appliance, and alice in its lobby with our own client: what a quirk client says she hears, and nothing besides.</summary>
public sealed class QuirkRoom : IAsyncLifetime
{
    private int _said;

    public RunningAppliance Appliance { get; } = new();

    public RoomSession Alice { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await Appliance.InitializeAsync();
        Alice = await Appliance.JoinLobbyAsync("alice", new JoinOptions { SubscribeRoster = false });
    }

    public Task DisposeAsync() => Appliance.DisposeAsync();

    /// <summary>Alice hears exactly this next.</summary>
    public async Task HearsAsync(params string[] texts)
    {
        foreach (var text in texts)
        {
            Assert.Equal(text, (await Alice.NextMessageAsync()).Text);
        }
    }

    /// <summary>What alice says now; it reaches the quirk client behind all that was said before.</summary>
    public async Task<string> SaysAsync()
    {
        var text = $"alice says {++_said}";
        await Alice.SendAsync(text);
        return text;
    }
}
