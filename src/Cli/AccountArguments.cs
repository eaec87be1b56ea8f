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

    private static readonly Option<string?> Relay = new("--msrp-relay") { Description = "MSRP relay that all messages of sessions pass (RFC 4976), such as msrp://relay.example.com:2855;tcp" };

    private static readonly Option<string?> RelayUser = new("--msrp-relay-user") { Description = "Name at the relay, if it is not that of the account" };

    private static readonly Option<string?> RelayPassword = new("--msrp-relay-password")
    {
        Description = "Password at the relay, if it is not that of the account. Better in OMAIM_RELAY_PASSWORD",
    };

    public static void AddTo(Command command)
    {
        foreach (var option in (Option[])[User, Password, Server, Domain, Tls, Trust, Relay, RelayUser, RelayPassword, Json])
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

        return TryReadRelay(arguments, account, out var relay, out problem) ? account with { MsrpRelay = relay } : null;
    }

    private static bool TryReadRelay(ParseResult arguments, ImClientOptions account, out MsrpRelayOptions? relay, out string problem)
    {
        var user = arguments.GetValue(RelayUser);
        var password = arguments.GetValue(RelayPassword);
        relay = arguments.GetValue(Relay) is not { } uri ? null : new MsrpRelayOptions
        {
            Uri = uri,
            User = user ?? account.User,
            Password = password ?? Environment.GetEnvironmentVariable("OMAIM_RELAY_PASSWORD") ?? account.Password,
        };
        problem = relay is not null ? relay.FindProblem() is { } fault ? "--msrp-relay: " + fault : ""
            : user is not null || password is not null ? "whose name and password is that? --msrp-relay is missing"
            : "";
        return problem.Length == 0;
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
