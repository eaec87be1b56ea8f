using System.CommandLine;
using OmaIm.Load.Anchor;

namespace OmaIm.Load.Commands;

/// <summary><c>omaim-load file</c>.</summary>
internal static class FileCommand
{
    private static readonly ServerOptions Server = new();
    private static readonly Option<int> Megabytes = Options.Number("--megabytes", "Size of the file in MB", 1000);
    private static readonly Option<int> Runs = Options.Number("--runs", "Transfers each way; medians are compared", 3);
    private static readonly Option<double> Growth = Options.Fraction("--growth", "MB below which the growth of the server's memory must be", 8);
    private static readonly Option<double> Percent = Options.Fraction("--percent", "Percent of the plain copy's throughput that the anchored session must reach", 60);

    public static Command Create()
    {
        var command = new Command("file", "Send a large file through one-to-one sessions that the server anchors, and through a plain copy: compare, hash, and see what the server keeps");
        Server.AddTo(command);
        foreach (var option in (Option[])[Megabytes, Runs, Growth, Percent])
        {
            command.Add(option);
        }

        command.SetAction((arguments, cancellationToken) =>
        {
            var settings = Read(arguments);
            return Execution.RunAsync(settings.Rules, (output, status) => new FileRun(settings, output, status).RunAsync(cancellationToken));
        });
        return command;
    }

    internal static FileSettings Read(ParseResult arguments) => new()
    {
        Target = Server.Read(arguments),
        Megabytes = arguments.GetValue(Megabytes),
        Runs = arguments.GetValue(Runs),
        GrowthLimit = arguments.GetValue(Growth),
        LeastPercent = arguments.GetValue(Percent),
    };
}
