using System.CommandLine;
using OmaIm.Load.Soak;

namespace OmaIm.Load.Commands;

/// <summary><c>omaim-load soak</c>.</summary>
internal static class SoakCommand
{
    private static readonly TargetOptions Target = new(rooms: 10, members: 100);
    private static readonly TalkOptions Talk = new(senders: 10, size: 64, rate: 1000, "Messages a second over all senders: 80 % of what the server can do, say");
    private static readonly Option<double> Minutes = Options.Fraction("--minutes", "How long", 20);
    private static readonly Option<double> Churn = Options.Fraction("--churn", "Members a second, over all rooms, that go and are replaced", 5);
    private static readonly Option<double> Killed = Options.Fraction("--killed", "Percent of these that die without a BYE: their connection is reset", 20);
    private static readonly Option<double> Stalled = Options.Fraction("--stalled", "Percent of the members that stop reading, one a room at least; 0 for none", 1);
    private static readonly Option<double> Slope = Options.Fraction("--slope", "Percent an hour below which the growth of the server's memory must be", 1);
    private static readonly Option<double> Interval = Options.Fraction("--interval", "Seconds between two looks at the server", 5);
    private static readonly Option<string?> Svg = new("--svg") { Description = "Draw memory, descriptors and p99 over time to this file" };

    public static Command Create()
    {
        var command = new Command("soak", "Talk at a fixed rate for a long time while members come, go, die and stop reading; see that nothing is lost and nothing grows");
        Target.AddTo(command);
        Talk.AddTo(command);
        foreach (var option in (Option[])[Minutes, Churn, Killed, Stalled, Slope, Interval, Svg])
        {
            command.Add(option);
        }

        command.SetAction((arguments, cancellationToken) =>
        {
            var settings = Read(arguments);
            return Execution.RunAsync(settings.Rules, (output, status) => new SoakRun(settings, output, status).RunAsync(cancellationToken));
        });
        return command;
    }

    internal static SoakSettings Read(ParseResult arguments)
    {
        var target = Target.Read(arguments);
        var stalled = arguments.GetValue(Stalled);
        return new SoakSettings
        {
            Target = target,
            Traffic = Talk.Read(arguments) with { Stalled = stalled > 0 ? Math.Max(1, (int)Math.Round(target.Join.Members * stalled / 100)) : 0 },
            Duration = TimeSpan.FromMinutes(arguments.GetValue(Minutes)),
            Interval = TimeSpan.FromSeconds(arguments.GetValue(Interval)),
            Churn = arguments.GetValue(Churn),
            KilledPercent = arguments.GetValue(Killed),
            SlopeLimit = arguments.GetValue(Slope),
            SvgPath = arguments.GetValue(Svg),
        };
    }
}
