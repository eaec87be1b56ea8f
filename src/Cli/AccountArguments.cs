using System.CommandLine;
using System.Net;
using System.Security.Cryptography;
using OmaIm.Client;

namespace OmaIm.Cli;

/// <summary>The options that say who the user is and where his server is; every command has them.</summary>
internal static class AccountArguments
{
    public static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object a line, for programs" };

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

    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[User, Password, Server, Domain, Tls, Trust, Json])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>Reads the account; <paramref name="problem"/> says what is wrong, <paramref name="notice"/> what else is to be known.</summary>
    public static ImClientOptions? Read(ParseResult arguments, out string problem, out string? notice)
    {
        notice = null;
        var account = new ImClientOptions
        {
            User = arguments.GetRequiredValue(User),
            Password = arguments.GetValue(Password) ?? Environment.GetEnvironmentVariable("OMAIM_PASSWORD") ?? "",
            Server = arguments.GetRequiredValue(Server),
            Domain = arguments.GetRequiredValue(Domain),
        };
        if (!TryReadTls(arguments, out var tls, out problem))
        {
            return null;
        }

        account = account with { MsrpTls = tls };
        problem = account.FindProblem()
            ?? (account.Password.Length == 0 && !IsLoopback(account.Server) ? "a password is needed: --password, or the environment variable OMAIM_PASSWORD" : "");
        if (problem.Length > 0)
        {
            return null;
        }

        if (account.Password.Length == 0)
        {
            account = account with { Password = account.User + "-secret" };
            notice = $"no password given: trying that of the demo account, {account.Password}";
        }

        return account;
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

    private static bool IsLoopback(string server)
    {
        var host = server.StartsWith('[') ? server[..(server.IndexOf(']', StringComparison.Ordinal) + 1)] : server.Split(':')[0];
        return host is "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }
}
