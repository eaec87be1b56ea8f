using System.Text.Json;
using OmaIm.Load.Joining;

namespace OmaIm.Load.Commands;

/// <summary>A configuration of the appliance under which the limits that protect it from strangers do not stop a driver on the same machine.</summary>
internal static class ServerConfiguration
{
    /// <summary>More than the descriptors of one process allow: the descriptors are the limit.</summary>
    private const int Connections = 100_000;

    /// <summary>As many as there may be with two connections each.</summary>
    private const int Sessions = Connections / 2;

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true };

    public static string Write(IReadOnlyList<string> rooms, AccountPool accounts) => JsonSerializer.Serialize(
        new
        {
            Accounts = accounts.Users.Select(user => new { User = user, Password = accounts.PasswordOf(user) }),
            Rooms = rooms.Select(name => new { Name = name, MaxMembers = 10_000 }),
            RoomLimits = new { SessionsPerUser = 1_000, BindSeconds = 600 },
            Sessions = new { Mode = "relay", SessionsPerUser = Sessions, MaxSessions = Sessions, RecoverySeconds = 600 },
            Sip = new { MaxConnections = Connections, MaxConnectionsPerAddress = Connections },
            Msrp = new { MaxConnections = Connections, MaxConnectionsPerAddress = Connections },
        },
        Options) + "\n";
}
