using System.CommandLine;
using OmaIm.Cli.Chat;
using OmaIm.Cli.Terminal;

namespace OmaIm.Cli.Im;

/// <summary><c>omaim im USER [TEXT]</c>: one message, one file, or a conversation.</summary>
internal static class ImCommand
{
    private static readonly Argument<string> Peer = new("user") { Description = "SIP URI of the user or group, or a name of the domain (bob: sip:bob@DOMAIN)" };

    private static readonly Argument<string[]> Text = new("text")
    {
        Description = "What to say; words need no quotes. Without it a conversation begins, a line a message, until the end of input",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<FileInfo?> File = new("--file", "-f") { Description = "Send this file instead of a text" };

    private static readonly Option<int> Wait = new("--wait")
    {
        Description = "Seconds to wait for word that the message was delivered; 0: do not ask for it",
        DefaultValueFactory = _ => 5,
    };

    private static readonly Option<bool> Displayed = new("--until-displayed") { Description = "Wait until the message was shown to the user, not only delivered" };

    private static readonly Option<string?> Subject = new("--subject") { Description = "What it is about" };

    public static Command Create()
    {
        var command = new Command("im", "Send a message or a file to a user, or talk with him")
        {
            Peer, Text, File, Wait, Displayed, Subject,
        };
        AccountArguments.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        var text = arguments.GetValue(Text) is { Length: > 0 } words ? string.Join(' ', words) : null;
        var file = arguments.GetValue(File);
        Action? keyPressed = null;
        var talks = text is null && file is null;
        using var console = ImConsole.Open(arguments.GetValue(AccountArguments.Json), talks ? () => keyPressed?.Invoke() : null);
        var account = AccountArguments.Read(arguments, out var problem, out var notice);
        var peer = account is null ? null : ChatAddress.User(arguments.GetRequiredValue(Peer), account.Domain);
        problem = account is null ? problem
            : peer is null ? "that is no user"
            : text is not null && file is not null ? "a text or a file, not both"
            : text is { Length: 0 } ? "there is nothing to say"
            : file is { Exists: false } ? $"there is no file {Printable.Text(file.ToString())}"
            : arguments.GetValue(Wait) < 0 ? "--wait is 0 or more seconds"
            : "";
        if (problem.Length > 0)
        {
            console.Error(problem);
            return ExitCode.Usage;
        }

        if (notice is not null)
        {
            console.Show("notice", "* " + notice, json => json.WriteString("text", notice));
        }

        var wait = TimeSpan.FromSeconds(arguments.GetValue(Wait));
        var subject = arguments.GetValue(Subject);
        return file is not null ? await new FileProgram(account!, peer!, file, console).RunAsync(cancellationToken)
            : text is not null ? await new SendProgram(account!, peer!, text, console) { Wait = wait, UntilDisplayed = arguments.GetValue(Displayed), Subject = subject }.RunAsync(cancellationToken)
            : await new TalkProgram(account!, peer!, subject, console).RunAsync(pressed => keyPressed = pressed, cancellationToken);
    }
}
