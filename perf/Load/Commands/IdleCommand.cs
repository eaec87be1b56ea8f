using System.CommandLine;
using OmaIm.Load.Idle;

namespace OmaIm.Load.Commands;

/// <summary><c>omaim-load idle</c>.</summary>
internal static class IdleCommand
{
    private static readonly TargetOptions Target = new(rooms: 10, members: 1000);
    private static readonly Option<double> Sip = Options.Fraction("--sip", "KiB of the server's memory that a member's SIP dialog may cost", 8);
    private static readonly Option<double> Msrp = Options.Fraction("--msrp", "KiB that his MSRP connection may cost", 4);
    private static readonly Option<double> Rest = Options.Fraction("--rest", "Seconds of silence before the server is looked at", 5);

    public static Command Create()
    {
        var command = new Command("idle", "Everybody joins, connects and says nothing: see what the server keeps for a dialog and for a connection");
        Target.AddTo(command);
        foreach (var option in (Option[])[Sip, Msrp, Rest])
        {
            command.Add(option);
        }

        command.SetAction((arguments, cancellationToken) =>
        {
            var settings = Read(arguments);
            return Execution.RunAsync(settings.Rules, (output, status) => new IdleRun(settings, output, status).RunAsync(cancellationToken));
        });
        return command;
    }

    internal static IdleSettings Read(ParseResult arguments) => new()
    {
        Target = Target.Read(arguments),
        SipLimit = arguments.GetValue(Sip),
        MsrpLimit = arguments.GetValue(Msrp),
        Rest = TimeSpan.FromSeconds(arguments.GetValue(Rest)),
    };
}
