using Spectre.Console;

namespace OmaIm.Load.Commands;

/// <summary>Runs what a command line asks for: complaints about it first, exit codes at the end.</summary>
internal static class Execution
{
    /// <param name="rules">What must hold of the command line, and what is said otherwise.</param>
    /// <param name="run">Gets the console for figures and the one for progress and complaints; returns the exit code.</param>
    public static async Task<int> RunAsync(IEnumerable<(bool Holds, string Otherwise)> rules, Func<IAnsiConsole, IAnsiConsole, Task<int>> run)
    {
        var output = CreateConsole(Console.Out, Console.IsOutputRedirected);
        var status = CreateConsole(Console.Error, Console.IsErrorRedirected);
        var problems = Problems(rules).ToList();
        foreach (var problem in problems)
        {
            status.MarkupLineInterpolated($"[red]{problem}[/]");
        }

        if (problems.Count > 0)
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
            return await run(output, status);
        }
        catch (LoadException failure)
        {
            status.MarkupLineInterpolated($"[red]{failure.Message}[/]");
            return ExitCode.Impossible;
        }
    }

    /// <summary>Waits for Ctrl-C or SIGTERM.</summary>
    public static async Task UntilStoppedAsync(CancellationToken cancellationToken)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.UnsafeRegister(_ => stopped.TrySetResult(), null);
        await stopped.Task;
    }

    public static IEnumerable<string> Problems(IEnumerable<(bool Holds, string Otherwise)> rules) =>
        rules.Where(rule => !rule.Holds).Select(rule => rule.Otherwise);

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
}
