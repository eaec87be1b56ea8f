using System.CommandLine;
using OmaIm.Client.Receipts;

namespace OmaIm.Cli.Im;

/// <summary><c>omaim listen</c>: receives whatever comes, and prints it.</summary>
internal static class ListenCommand
{
    private static readonly Option<bool> Decline = new("--decline") { Description = "Decline sessions and files; without it they are accepted" };

    private static readonly Option<DirectoryInfo?> Save = new("--save") { Description = "Save files in this directory, which is made where there is none. Without it files are declined" };

    private static readonly Option<bool> Displayed = new("--displayed") { Description = "Tell senders who ask for it that their messages were shown" };

    private static readonly Option<FileInfo?> Journal = new("--journal")
    {
        Description = "Keep messages in this file before their senders are told that they have arrived; what is owed to senders is told after a restart, too",
    };

    public static Command Create()
    {
        var command = new Command("listen", "Receive messages, sessions and files until Ctrl-C, and print a JSON object a line, with --json and without") { Decline, Save, Journal, Displayed };
        AccountArguments.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var console = ImConsole.Open(json: true);
        var save = arguments.GetValue(Save);
        var account = AccountArguments.Read(arguments, out var problem, out var notice);
        if (account is not null && save is not null && !TryMake(save, out var why))
        {
            problem = why;
        }

        FileJournal? journal = null;
        if (account is not null && problem.Length == 0 && arguments.GetValue(Journal) is { } file)
        {
            journal = TryOpen(file, out problem);
        }

        if (account is null || problem.Length > 0)
        {
            console.Error(problem);
            return ExitCode.Usage;
        }

        if (notice is not null)
        {
            console.Show("notice", null, json => json.WriteString("text", notice));
        }

        if (journal is { IsDamaged: true })
        {
            console.Error($"{arguments.GetValue(Journal)!.FullName} was damaged, and {journal.CutOff} bytes of it are lost; it was kept as it was, with the ending .broken");
        }

        await using var receipts = journal is null ? null : new MessageReceipts(journal);
        var program = new ListenProgram(account, console)
        {
            Receipts = receipts,
            Accepts = !arguments.GetValue(Decline),
            Directory = save?.FullName,
            MarksDisplayed = arguments.GetValue(Displayed),
        };
        return await program.RunAsync(cancellationToken);
    }

    private static FileJournal? TryOpen(FileInfo file, out string problem)
    {
        try
        {
            problem = "";
            return FileJournal.Open(file.FullName);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            problem = "the journal cannot be opened: " + failure.Message;
            return null;
        }
    }

    private static bool TryMake(DirectoryInfo directory, out string problem)
    {
        try
        {
            directory.Create();
            problem = "";
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problem = $"files cannot be saved in {directory.FullName}: {failure.Message}";
            return false;
        }
    }
}
