using System.Net;

namespace OmaIm.Appliance.Configuration;

/// <summary>What exists for a first try: four accounts with known passwords and one room, on loopback only.</summary>
public static class DevelopmentProfile
{
    public const string DemoRoom = "lobby";

    public static IReadOnlyList<string> DemoUsers { get; } = ["alice", "bob", "carol", "dave"];

    /// <summary>The profile is on: nobody configured accounts, and nobody outside this machine can connect.</summary>
    public static bool IsOn(ApplianceOptions options) => options.Accounts.Count == 0 && !ExposedListeners(options).Any();

    /// <summary>The options with the demo accounts and the demo room, if the profile is on.</summary>
    public static ApplianceOptions Apply(ApplianceOptions options)
    {
        if (!IsOn(options))
        {
            return options;
        }

        var rooms = options.Rooms.Any(room => room.Name == DemoRoom) ? options.Rooms : [.. options.Rooms, new RoomSettings { Name = DemoRoom }];
        return options with
        {
            Accounts = [.. DemoUsers.Select(user => new AccountSettings { User = user, Password = DemoPassword(user) })],
            Rooms = rooms,
        };
    }

    public static bool IsDemoAccount(AccountSettings account) => DemoUsers.Contains(account.User) && account.Password == DemoPassword(account.User);

    /// <summary>The listeners that others than this machine can reach: the key of their address, and the address.</summary>
    public static IEnumerable<(string Key, IPAddress Address)> ExposedListeners(ApplianceOptions options) =>
        Listeners(options).Where(listener => !IPAddress.IsLoopback(listener.Address));

    public static IEnumerable<(string Key, IPAddress Address)> Listeners(ApplianceOptions options) =>
    [
        ("Sip:Udp:Address", options.Sip.Udp.Address),
        ("Sip:Tcp:Address", options.Sip.Tcp.Address),
        ("Msrp:Address", options.Msrp.Address),
        ("Http:Address", options.Http.Address),
    ];

    private static string DemoPassword(string user) => $"{user}-secret";
}
