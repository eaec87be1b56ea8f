using System.CommandLine;
using OmaIm.Load.Stall;

namespace OmaIm.Load.Commands;

/// <summary><c>omaim-load stall</c>.</summary>
internal static class StallCommand
{
    private static readonly TargetOptions Target = new(rooms: 1, members: 1000);
    private static readonly TalkOptions Talk = new(senders: 10, size: 1024, rate: 100, "Messages a second over all senders");
    private static readonly Option<int> Stalled = Options.Number("--stall", "Members of each room that stop reading", 10);
    private static readonly Option<double> Warm = Options.Fraction("--warm", "Seconds of load before measuring", 8);
    private static readonly Option<double> Before = Options.Fraction("--before", "Seconds of measuring while all read", 10);
    private static readonly Option<double> Patience = Options.Fraction("--patience", "Seconds until the server must have cut off those who do not read", 60);

    public static Command Create()
    {
        var command = new Command("stall", "Some members stop reading: see what the others notice, what it costs the server, and when it lets go of them");
        Target.AddTo(command);
        Talk.AddTo(command);
        foreach (var option in (Option[])[Stalled, Warm, Before, Patience])
        {
            command.Add(option);
        }

        command.SetAction((arguments, cancellationToken) =>
        {
            var settings = Read(arguments);
            return Execution.RunAsync(settings.Rules, (output, status) => new StallRun(settings, output, status).RunAsync(cancellationToken));
        });
        return command;
    }

    internal static StallSettings Read(ParseResult arguments) => new()
    {
        Target = Target.Read(arguments),
        Traffic = Talk.Read(arguments) with { Stalled = arguments.GetValue(Stalled) },
        Warm = TimeSpan.FromSeconds(arguments.GetValue(Warm)),
        Before = TimeSpan.FromSeconds(arguments.GetValue(Before)),
        Patience = TimeSpan.FromSeconds(arguments.GetValue(Patience)),
    };
}
