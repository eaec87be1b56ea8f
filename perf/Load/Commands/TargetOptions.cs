using System.CommandLine;
using OmaIm.Load.Joining;

namespace OmaIm.Load.Commands;

/// <summary>The options that every run with rooms has: which server, and who joins which rooms.</summary>
internal sealed class TargetOptions(int rooms, int members)
{
    public const string DefaultRoom = "lobby";

    private readonly ServerOptions _server = new();
    private readonly Option<string> _room = Options.Text("--room", "Name of the room; with --rooms R they are NAME-1 to NAME-R", DefaultRoom);
    private readonly Option<int> _rooms = Options.Number("--rooms", "Rooms", rooms);
    private readonly Option<int> _members = Options.Number("--members", "Members of each room", members);

    public void AddTo(Command command)
    {
        _server.AddTo(command);
        foreach (var option in (Option[])[_room, _rooms, _members])
        {
            command.Add(option);
        }
    }

    public RunTarget Read(ParseResult arguments)
    {
        var target = _server.Read(arguments);
        var names = RoomNames.Of(arguments.GetRequiredValue(_room), arguments.GetValue(_rooms));
        return target with
        {
            Join = target.Join with
            {
                Rooms = [.. names.Select(name => RoomNames.UriOf(name, target.Join.Domain))],
                Members = arguments.GetValue(_members),
            },
        };
    }
}
