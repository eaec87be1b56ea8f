using OmaIm.Appliance.Configuration;
using OmaIm.Client;
using OmaIm.Server.Core;
using OmaIm.Tests.EndToEnd;
using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;
using Xunit;

namespace OmaIm.Tests.Conformance;

/// <summary>An appliance whose lobby users of the test join, byte by byte. It has a room of each other kind, too.</summary>
public sealed class Lobby : IAsyncLifetime
{
    public const string Room = RunningAppliance.Lobby;

    /// <summary>A pre-defined group of alice, bob and carol, who are invited when one of them comes first.</summary>
    public const string Team = "sip:team@rooms.localhost";

    /// <summary>A restricted chat group of alice and bob.</summary>
    public const string Club = "sip:club@rooms.localhost";

    /// <summary>A room for one.</summary>
    public const string Booth = "sip:booth@rooms.localhost";

    /// <summary>A room where nobody needs to say his name.</summary>
    public const string Ball = "sip:ball@rooms.localhost";

    public RunningAppliance Appliance { get; } = new House();

    public Task InitializeAsync() => Appliance.InitializeAsync();

    public Task DisposeAsync() => Appliance.DisposeAsync();

    /// <summary>A member whose session is bound.</summary>
    internal Task<WireMember> JoinAsync(string user, Func<string, string>? offer = null) => WireMember.BoundAsync(Appliance.Host.SipTcp, user, Room, offer);

    /// <summary>A member of another room, with further header lines in his INVITE; his session is bound.</summary>
    internal async Task<WireMember> JoinRoomAsync(string user, string room, string headers = "")
    {
        var path = SdpText.Path();
        var sip = await ConnectAsync(user);
        var dialog = await sip.InviteAsync(room, SdpText.Msrp(path), headers);
        WireUser.Expect(dialog.Response, 200);
        var msrp = await WireMsrp.ConnectAsync(SdpText.Hop(dialog.Answer));
        (msrp.To, msrp.From) = (SdpText.Attribute(dialog.Answer, "path"), path);
        await msrp.FlushAsync();
        return new WireMember(sip, dialog, msrp);
    }

    /// <summary>A user who is registered.</summary>
    internal Task<WireUser> RegisterAsync(string user) => WireUser.RegisteredAsync(Appliance.Host.SipTcp, user);

    /// <summary>A user who is not.</summary>
    internal Task<WireUser> ConnectAsync(string user) => WireUser.ConnectAsync(Appliance.Host.SipTcp, user);

    /// <summary>Our client, registered until it is disposed of.</summary>
    internal async Task<ImClient> ClientAsync(string user, Action<ImClient>? prepare = null)
    {
        var client = Appliance.Client(user);
        prepare?.Invoke(client);
        await client.RegisterAsync();
        return client;
    }

    internal static string Cpim(string user, string text, string to = Room) => MsrpText.Cpim($"sip:{user}@localhost", to, text);

    private sealed class House : RunningAppliance
    {
        protected override IReadOnlyList<RoomSettings> FurtherRooms =>
        [
            new() { Name = "team", Access = RoomAccess.Private, InviteMembers = true, Members = ["alice", "bob", "carol"] },
            new() { Name = "club", Access = RoomAccess.Private, Members = ["alice", "bob"] },
            new() { Name = "booth", MaxMembers = 1 },
            new() { Name = "ball", AllowAnonymity = true },
        ];
    }
}
