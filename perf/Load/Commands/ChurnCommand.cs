using System.CommandLine;
using OmaIm.Load.Churn;

namespace OmaIm.Load.Commands;

/// <summary><c>omaim-load churn</c>.</summary>
internal static class ChurnCommand
{
    private static readonly TargetOptions Target = new(rooms: 1, members: 100);
    private static readonly TalkOptions Talk = new(senders: 10, size: 64, rate: 100, "Messages a second over all senders");
    private static readonly Option<double> Connections = Options.Fraction("--connections", "Connections a second to the MSRP port that are made and closed at once", 1000);
    private static readonly Option<int> Silent = Options.Number("--silent", "Connections to the MSRP port that are made and say nothing", 0);
    private static readonly Option<double> SilentRate = Options.Fraction("--silent-rate", "How many of these are made in a second", 1000);
    private static readonly Option<double> FirstByte = Options.Fraction("--first-byte", "Seconds that the server lets these be (Msrp:FirstByteSeconds)", 10);
    private static readonly Option<double> Warm = Options.Fraction("--warm", "Seconds of load before measuring", 8);
    private static readonly Option<double> Duration = Options.Fraction("--duration", "Seconds of measuring undisturbed, and seconds of churn", 20);

    public static Command Create()
    {
        var command = new Command("churn", "Strangers connect and close, or stay silent, while the members talk: see that these notice little and that nothing is left");
        Target.AddTo(command);
        Talk.AddTo(command);
        foreach (var option in (Option[])[Connections, Silent, SilentRate, FirstByte, Warm, Duration])
        {
            command.Add(option);
        }

        command.SetAction((arguments, cancellationToken) =>
        {
            var settings = Read(arguments);
            return Execution.RunAsync(settings.Rules, (output, status) => new ChurnRun(settings, output, status).RunAsync(cancellationToken));
        });
        return command;
    }

    internal static ChurnSettings Read(ParseResult arguments) => new()
    {
        Target = Target.Read(arguments),
        Traffic = Talk.Read(arguments),
        Connections = arguments.GetValue(Connections),
        Silent = arguments.GetValue(Silent),
        SilentRate = arguments.GetValue(SilentRate),
        FirstByte = TimeSpan.FromSeconds(arguments.GetValue(FirstByte)),
        Warm = TimeSpan.FromSeconds(arguments.GetValue(Warm)),
        Duration = TimeSpan.FromSeconds(arguments.GetValue(Duration)),
    };
}
