using System.CommandLine;
using System.Text;
using Spectre.Console;

namespace OmaIm.Cli.Chat;

/// <summary><c>omaim chat ROOM --user NAME</c>: its options, their defaults, and the choice of the view.</summary>
internal static class ChatCommand
{
    private static readonly Argument<string> Room = new("room")
    {
        Description = "SIP URI of the room, or its name alone (lobby: sip:lobby@rooms.DOMAIN)",
    };

    public static Command Create()
    {
        var command = new Command("chat", "Join a chat room") { Room };
        AccountArguments.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var view = CreateView(arguments.GetValue(AccountArguments.Json));
        if (AccountArguments.Read(arguments, out var problem, out var notice) is not { } account)
        {
            view.Error(problem);
            return ExitCode.Usage;
        }

        if (ChatAddress.Room(arguments.GetRequiredValue(Room), account.Domain) is not { } room)
        {
            view.Error("that is no room");
            return ExitCode.Usage;
        }

        if (notice is not null)
        {
            view.Notice(notice);
        }

        return await new ChatProgram(account, room, view).RunAsync(cancellationToken);
    }

    private static IChatView CreateView(bool json)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        if (json || Console.IsInputRedirected || Console.IsOutputRedirected)
        {
            var input = new StreamReader(Console.OpenStandardInput(), utf8);
            var output = new StreamWriter(Console.OpenStandardOutput(), utf8);
            return json ? new JsonView(input, output) : new PlainView(input, output, Console.Error);
        }

        Console.OutputEncoding = utf8;
        Console.InputEncoding = utf8;
        return new TerminalView(AnsiConsole.Console, TimeProvider.System);
    }
}
