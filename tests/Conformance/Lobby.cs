using OmaIm.Tests.EndToEnd;
using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance;

/// <summary>An appliance whose lobby users of the test join, byte by byte.</summary>
public sealed class Lobby : IAsyncLifetime
{
    public const string Room = RunningAppliance.Lobby;

    public RunningAppliance Appliance { get; } = new();

    public Task InitializeAsync() => Appliance.InitializeAsync();

    public Task DisposeAsync() => Appliance.DisposeAsync();

    /// <summary>A member whose session is bound.</summary>
    internal Task<WireMember> JoinAsync(string user, Func<string, string>? offer = null) => WireMember.BoundAsync(Appliance.Host.SipTcp, user, Room, offer);

    /// <summary>A user who is registered.</summary>
    internal Task<WireUser> RegisterAsync(string user) => WireUser.RegisteredAsync(Appliance.Host.SipTcp, user);

    /// <summary>A user who is not.</summary>
    internal Task<WireUser> ConnectAsync(string user) => WireUser.ConnectAsync(Appliance.Host.SipTcp, user);

    internal static string Cpim(string user, string text, string to = Room) => MsrpText.Cpim($"sip:{user}@localhost", to, text);
}
