using System.CommandLine;
using System.CommandLine.Parsing;
using OmaIm.Load.Joining;
using OmaIm.Load.Traffic;
using OmaIm.Protocols.Msrp;
using Spectre.Console;

namespace OmaIm.Load.Commands;

/// <summary><c>omaim-load</c>: the options of a run.</summary>
internal static class RunCommand
{
    public const string DefaultRoom = "lobby";
    public const string DefaultPassword = "load-secret";

    private static readonly Option<string> Server = Text("--server", "SIP address of the server, host:port", "127.0.0.1:5060");
    private static readonly Option<string> Domain = Text("--domain", "Domain of the accounts; the rooms are in rooms.DOMAIN", "localhost");
    private static readonly Option<string> Room = Text("--room", "Name of the room; with --rooms R they are NAME-1 to NAME-R", DefaultRoom);
    private static readonly Option<int> Rooms = Number("--rooms", "Rooms", 1);
    private static readonly Option<int> Members = Number("--members", "Members of each room", 10);
    private static readonly Option<int> Senders = Number("--senders", "Senders in each room", 1);
    private static readonly Option<int> Size = Number("--size", "Bytes of text in a message", 64);
    private static readonly Option<int> Window = Number("--window", "Closed loop: messages that each sender has in flight", 1);
    private static readonly Option<double> Rate = new("--rate") { Description = "Open loop instead: messages a second over all senders" };
    private static readonly Option<double> Warm = Seconds("--warm", "Seconds of load before measuring; at least 8 for figures to be believed", 8);
    private static readonly Option<double> Duration = Seconds("--duration", "Seconds of measuring", 10);
    private static readonly Option<int> Chunk = Number("--chunk", "Largest chunk of a message in bytes", 64 * 1024);
    private static readonly Option<int> Check = Number("--check", "Compare every K-th delivery byte by byte", 16);
    private static readonly Option<int> Stall = Number("--stall", "Members of each room that stop reading after the warm-up", 0);
    private static readonly Option<int> Big = Number("--big", "Send one message of so many bytes through each room while the others chat", 0);
    private static readonly Option<string?> Accounts = new("--accounts") { Description = "Use the accounts PREFIX1 to PREFIXn instead of the demo accounts" };
    private static readonly Option<int> Count = Number("--count", "Number of those accounts", 100);
    private static readonly Option<string> Password = Text("--password", "Password of those accounts; {user} in it stands for the user", DefaultPassword);
    private static readonly Option<int?> Pid = new("--pid") { Description = "The server's process, to read its CPU time and memory" };

    private static readonly Option<Uri?> Metrics = new("--metrics")
    {
        Description = "The server's metrics page, such as http://127.0.0.1:8080/metrics",
        CustomParser = ParseUri,
    };

    private static readonly Option<string?> Json = new("--json") { Description = "Write the report to this file" };
    private static readonly Option<string?> Svg = new("--svg") { Description = "Draw latency over time and by percentile to this file" };
    private static readonly Option<bool> Hold = new("--hold") { Description = "Join, say nothing, stay until Ctrl-C" };

    private static readonly Option<string?> Paths = new("--path-file")
    {
        Description = "With --hold: write 'room member host port remote-path local-path' for each member, and leave the MSRP connections to another driver",
    };

    private static readonly Option<string> Failure = Text("--failure-report", "What senders ask for: yes, partial or no", "yes");

    public static RootCommand Create()
    {
        var command = new RootCommand("Loads the rooms of an OmaIm server and checks that every member gets every message once, in order, undamaged")
        {
            Server, Domain, Room, Rooms, Members, Senders, Size, Window, Rate, Warm, Duration, Chunk, Check, Failure, Stall, Big,
            Accounts, Count, Password, Pid, Metrics, Json, Svg, Hold, Paths,
        };
        Failure.AcceptOnlyFromAmong("yes", "partial", "no");
        command.SetAction(RunAsync);
        return command;
    }

    internal static RunSettings Read(ParseResult arguments)
    {
        var domain = arguments.GetRequiredValue(Domain);
        return new RunSettings
        {
            Join = new JoinSettings
            {
                Server = arguments.GetRequiredValue(Server),
                Domain = domain,
                Accounts = arguments.GetValue(Accounts) is { } prefix
                    ? AccountPool.Numbered(prefix, arguments.GetValue(Count), arguments.GetRequiredValue(Password))
                    : AccountPool.Demo,
                Rooms = [.. RoomNames.Of(arguments.GetRequiredValue(Room), arguments.GetValue(Rooms)).Select(name => RoomNames.UriOf(name, domain))],
                Members = arguments.GetValue(Members),
            },
            Traffic = new TrafficPlan
            {
                Senders = arguments.GetValue(Senders),
                TextLength = arguments.GetValue(Size),
                Window = arguments.GetValue(Window),
                Rate = arguments.GetValue(Rate),
                ChunkLength = arguments.GetValue(Chunk),
                CheckEvery = arguments.GetValue(Check),
                FailureReport = Enum.Parse<FailureReport>(arguments.GetRequiredValue(Failure), ignoreCase: true),
                Stalled = arguments.GetValue(Stall),
                BigLength = arguments.GetValue(Big),
            },
            Warm = TimeSpan.FromSeconds(arguments.GetValue(Warm)),
            Duration = TimeSpan.FromSeconds(arguments.GetValue(Duration)),
            Pid = arguments.GetValue(Pid),
            Metrics = arguments.GetValue(Metrics),
            JsonPath = arguments.GetValue(Json),
            SvgPath = arguments.GetValue(Svg),
            Hold = arguments.GetValue(Hold),
            PathFile = arguments.GetValue(Paths),
        };
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        // Figures go to the output, progress and complaints do not.
        var output = CreateConsole(Console.Out, Console.IsOutputRedirected);
        var status = CreateConsole(Console.Error, Console.IsErrorRedirected);
        var settings = Read(arguments);
        foreach (var problem in settings.Problems())
        {
            status.MarkupLineInterpolated($"[red]{problem}[/]");
        }

        if (settings.Problems().Any())
        {
            return ExitCode.Usage;
        }

        if (!OperatingSystem.IsLinux())
        {
            status.MarkupLine("[red]The driver waits for its sockets with epoll: it runs on Linux.[/]");
            return ExitCode.Impossible;
        }

        try
        {
            return await new LoadRun(settings, output, status).RunAsync(cancellationToken);
        }
        catch (LoadException failure)
        {
            status.MarkupLineInterpolated($"[red]{failure.Message}[/]");
            return ExitCode.Impossible;
        }
    }

    private static IAnsiConsole CreateConsole(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isRedirected ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (isRedirected)
        {
            console.Profile.Width = 160; // a file has no width: lines stay whole
        }

        return console;
    }

    private static Uri? ParseUri(ArgumentResult argument)
    {
        if (Uri.TryCreate(argument.Tokens[0].Value, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp)
        {
            return uri;
        }

        argument.AddError($"{argument.Tokens[0].Value} is no http address");
        return null;
    }

    private static Option<string> Text(string name, string description, string value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    private static Option<int> Number(string name, string description, int value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };

    private static Option<double> Seconds(string name, string description, double value) =>
        new(name) { Description = description, DefaultValueFactory = _ => value };
}
