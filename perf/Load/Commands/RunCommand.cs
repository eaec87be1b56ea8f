using System.CommandLine;

namespace OmaIm.Load.Commands;

/// <summary><c>omaim-load</c>: the options of a run.</summary>
internal static class RunCommand
{
    private static readonly TargetOptions Target = new(rooms: 1, members: 10);
    private static readonly TalkOptions Talk = new(senders: 1, size: 64, rate: 0, "Open loop instead: messages a second over all senders");
    private static readonly Option<int> Window = Options.Number("--window", "Closed loop: messages that each sender has in flight", 1);
    private static readonly Option<double> Warm = Options.Fraction("--warm", "Seconds of load before measuring; at least 8 for figures to be believed", 8);
    private static readonly Option<double> Duration = Options.Fraction("--duration", "Seconds of measuring", 10);
    private static readonly Option<int> Stall = Options.Number("--stall", "Members of each room that stop reading after the warm-up", 0);
    private static readonly Option<int> Big = Options.Number("--big", "Send one message of so many bytes through each room while the others chat", 0);
    private static readonly Option<string?> Svg = new("--svg") { Description = "Draw latency over time and by percentile to this file" };
    private static readonly Option<int> Sessions = Options.Number("--sessions", "Instead of the rooms: so many one-to-one sessions, of two members each", 0);
    private static readonly Option<bool> Hold = new("--hold") { Description = "Join, say nothing, stay until Ctrl-C" };

    private static readonly Option<string?> Paths = new("--path-file")
    {
        Description = "With --hold: write 'room member host port remote-path local-path' for each member, and leave the MSRP connections to another driver",
    };

    public static RootCommand Create()
    {
        var command = new RootCommand("Loads the rooms or the one-to-one sessions of an OmaIm server and checks that every member gets every message once, in order, undamaged");
        Target.AddTo(command);
        Talk.AddTo(command);
        foreach (var option in (Option[])[Sessions, Window, Warm, Duration, Stall, Big, Svg, Hold, Paths])
        {
            command.Add(option);
        }

        command.SetAction((arguments, cancellationToken) =>
        {
            var settings = Read(arguments);
            return Execution.RunAsync(
                settings.Rules, (output, status) => new LoadRun(settings, output, status).RunAsync(cancellationToken));
        });
        return command;
    }

    internal static RunSettings Read(ParseResult arguments)
    {
        var sessions = arguments.GetValue(Sessions);
        var target = Target.Read(arguments);
        return new RunSettings
        {
            Target = sessions > 0 ? target.WithSessions(sessions) : target,
            Sessions = sessions,
            Traffic = Talk.Read(arguments) with
            {
                Window = arguments.GetValue(Window),
                Stalled = arguments.GetValue(Stall),
                BigLength = arguments.GetValue(Big),
            },
            Warm = TimeSpan.FromSeconds(arguments.GetValue(Warm)),
            Duration = TimeSpan.FromSeconds(arguments.GetValue(Duration)),
            SvgPath = arguments.GetValue(Svg),
            Hold = arguments.GetValue(Hold),
            PathFile = arguments.GetValue(Paths),
        };
    }
}
