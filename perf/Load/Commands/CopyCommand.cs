using System.CommandLine;
using System.Globalization;
using OmaIm.Load.Anchor;

namespace OmaIm.Load.Commands;

/// <summary><c>omaim-load copy</c>: a plain copy through Kestrel's sockets, to measure beside. Prints its port; stops on SIGTERM.</summary>
internal static class CopyCommand
{
    private static readonly Option<int> Port = Options.Number("--port", "Port; 0 for any free one", 0);

    public static Command Create()
    {
        var command = new Command("copy", "Copy plainly, of every two connections, what the first one sends to the second") { Port };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            await using var listener = await PlainCopy.ListenAsync(arguments.GetValue(Port));
            Console.Out.WriteLine(listener.Port.ToString(CultureInfo.InvariantCulture));
            await Execution.UntilStoppedAsync(cancellationToken);
            return ExitCode.Ok;
        });
        return command;
    }
}
