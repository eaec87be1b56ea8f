using System.CommandLine;

namespace OmaIm.Cli.Im;

/// <summary><c>omaim listen</c>: receives whatever comes, and prints it.</summary>
internal static class ListenCommand
{
    private static readonly Option<bool> Decline = new("--decline") { Description = "Decline sessions and files; without it they are accepted" };

    private static readonly Option<DirectoryInfo?> Save = new("--save") { Description = "Save files in this directory, which must exist. Without it files are declined" };

    private static readonly Option<bool> Displayed = new("--displayed") { Description = "Tell senders who ask for it that their messages were shown" };

    public static Command Create()
    {
        var command = new Command("listen", "Receive messages, sessions and files until Ctrl-C, and print a JSON object a line") { Decline, Save, Displayed };
        AccountArguments.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var console = ImConsole.Open(json: true);
        var save = arguments.GetValue(Save);
        var account = AccountArguments.Read(arguments, out var problem, out var notice);
        problem = save is { Exists: false } ? $"there is no directory {save.FullName}" : problem;
        if (account is null || problem.Length > 0)
        {
            console.Error(problem);
            return ExitCode.Usage;
        }

        if (notice is not null)
        {
            console.Show("notice", null, json => json.WriteString("text", notice));
        }

        var program = new ListenProgram(account, console)
        {
            Accepts = !arguments.GetValue(Decline),
            Directory = save?.FullName,
            MarksDisplayed = arguments.GetValue(Displayed),
        };
        return await program.RunAsync(cancellationToken);
    }
}
