using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using OmaIm.Client;
using Spectre.Console;

namespace OmaIm.Cli.Chat;

/// <summary><c>omaim chat ROOM --user NAME</c>: its options, their defaults, and the choice of the view.</summary>
internal static class ChatCommand
{
    private static readonly Argument<string> Room = new("room")
    {
        Description = "SIP URI of the room, or its name alone (lobby: sip:lobby@rooms.DOMAIN)",
    };

    private static readonly Option<string> User = new("--user", "-u") { Description = "Name of the account", Required = true };

    private static readonly Option<string?> Password = new("--password", "-p")
    {
        Description = "Password of the account. Better in OMAIM_PASSWORD, where no process list shows it. Demo accounts need none on loopback",
    };

    private static readonly Option<string> Server = new("--server", "-s")
    {
        Description = "SIP address of the server, host:port",
        DefaultValueFactory = _ => "127.0.0.1:5060",
    };

    private static readonly Option<string> Domain = new("--domain", "-d")
    {
        Description = "Domain of the account",
        DefaultValueFactory = _ => "localhost",
    };

    private static readonly Option<bool> Tls = new("--tls") { Description = "Messages over TLS, to a server whose certificate the system trusts" };

    private static readonly Option<string?> Trust = new("--tls-trust")
    {
        Description = "Messages over TLS, to a server with a certificate of this PEM file or of an authority in it",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object a line, for programs" };

    public static Command Create()
    {
        var command = new Command("chat", "Join a chat room") { Room, User, Password, Server, Domain, Tls, Trust, Json };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult arguments, CancellationToken cancellationToken)
    {
        using var view = CreateView(arguments.GetValue(Json));
        var account = new ImClientOptions
        {
            User = arguments.GetRequiredValue(User),
            Password = arguments.GetValue(Password) ?? Environment.GetEnvironmentVariable("OMAIM_PASSWORD") ?? "",
            Server = arguments.GetRequiredValue(Server),
            Domain = arguments.GetRequiredValue(Domain),
        };
        if (!TryReadTls(arguments, out var tls, out var unreadable))
        {
            view.Error(unreadable);
            return ExitCode.Usage;
        }

        account = account with { MsrpTls = tls };
        var room = ChatAddress.Room(arguments.GetRequiredValue(Room), account.Domain);
        var problem = account.FindProblem()
            ?? (room is null ? "that is no room" : null)
            ?? (account.Password.Length == 0 && !IsLoopback(account.Server) ? "a password is needed: --password, or the environment variable OMAIM_PASSWORD" : null);
        if (problem is not null)
        {
            view.Error(problem);
            return ExitCode.Usage;
        }

        if (account.Password.Length == 0)
        {
            account = account with { Password = account.User + "-secret" };
            view.Notice($"no password given: trying that of the demo account, {account.Password}");
        }

        return await new ChatProgram(account, room!, view).RunAsync(cancellationToken);
    }

    private static bool TryReadTls(ParseResult arguments, out MsrpTlsOptions? tls, out string problem)
    {
        problem = "";
        tls = arguments.GetValue(Tls) ? new MsrpTlsOptions() : null;
        try
        {
            tls = arguments.GetValue(Trust) is { } path ? MsrpTlsOptions.FromFile(path) : tls;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            problem = "--tls-trust: " + exception.Message;
        }

        return problem.Length == 0;
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

    private static bool IsLoopback(string server)
    {
        var host = server.StartsWith('[') ? server[..(server.IndexOf(']', StringComparison.Ordinal) + 1)] : server.Split(':')[0];
        return host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }
}
