using System.CommandLine;
using OmaIm.Load.Joining;

namespace OmaIm.Load.Commands;

/// <summary><c>omaim-load config</c>: writes a server configuration with the rooms and accounts that a run needs.</summary>
internal static class ConfigCommand
{
    private static readonly Option<int> Rooms = new("--rooms") { Description = "Number R of rooms: NAME, and for runs with more than one NAME-1 to NAME-R", DefaultValueFactory = _ => 10 };
    private static readonly Option<string> Room = new("--room") { Description = "NAME", DefaultValueFactory = _ => TargetOptions.DefaultRoom };
    private static readonly Option<string> Prefix = new("--prefix") { Description = "Accounts PREFIX1 to PREFIXn", DefaultValueFactory = _ => "load" };
    private static readonly Option<int> Accounts = new("--accounts") { Description = "Number of accounts", DefaultValueFactory = _ => 100 };

    private static readonly Option<string> Password = new("--password")
    {
        Description = "Password of all accounts",
        DefaultValueFactory = _ => ServerOptions.DefaultPassword,
    };

    public static Command Create()
    {
        var command = new Command("config", "Print a server configuration (omaim.json) for load runs on loopback") { Rooms, Room, Accounts, Prefix, Password };
        command.SetAction(arguments => Console.Out.Write(ServerConfiguration.Write(
            Names(arguments.GetRequiredValue(Room), arguments.GetValue(Rooms)),
            AccountPool.Numbered(arguments.GetRequiredValue(Prefix), arguments.GetValue(Accounts), arguments.GetRequiredValue(Password)))));
        return command;
    }

    /// <summary>The names of a run with one room, and of a run with as many as there are.</summary>
    private static IReadOnlyList<string> Names(string name, int rooms) => [.. RoomNames.Of(name, 1).Concat(RoomNames.Of(name, rooms)).Distinct()];
}
