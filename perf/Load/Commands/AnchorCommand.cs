using System.CommandLine;
using OmaIm.Load.Anchor;

namespace OmaIm.Load.Commands;

/// <summary>
/// <c>omaim-load anchor</c>: the relay of one-to-one sessions alone, for those that measure it. Prints what a driver needs of every session, as
/// <c>--path-file</c> does; stops on SIGTERM.
/// </summary>
internal static class AnchorCommand
{
    private static readonly Option<int> Port = Options.Number("--port", "Port of the relay", 24000);
    private static readonly Option<int> Sessions = Options.Number("--sessions", "One-to-one sessions, of two members each", 1000);

    public static Command Create()
    {
        var command = new Command("anchor", "Run the relay of one-to-one sessions alone, without SIP") { Port, Sessions };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            await using var host = new AnchorHost(arguments.GetValue(Port), arguments.GetValue(Sessions));
            host.Paths.ForEach(Console.Out.WriteLine);
            await Console.Out.FlushAsync(cancellationToken);
            await host.StartAsync();
            await Execution.UntilStoppedAsync(cancellationToken);
            return ExitCode.Ok;
        });
        return command;
    }
}
