using System.CommandLine;
using System.CommandLine.Parsing;
using OmaIm.Client;
using OmaIm.Load.Joining;

namespace OmaIm.Load.Commands;

/// <summary>The options that say which server, with which accounts, how it is looked at, and where the report goes.</summary>
internal sealed class ServerOptions
{
    public const string DefaultPassword = "load-secret";

    private readonly Option<string> _server = Options.Text("--server", "SIP address of the server, host:port", "127.0.0.1:5060");
    private readonly Option<string> _domain = Options.Text("--domain", "Domain of the accounts; the rooms are in rooms.DOMAIN", "localhost");
    private readonly Option<string?> _accounts = new("--accounts") { Description = "Use the accounts PREFIX1 to PREFIXn instead of the demo accounts" };
    private readonly Option<int> _count = Options.Number("--count", "Number of those accounts", 100);
    private readonly Option<string> _password = Options.Text("--password", "Password of those accounts; {user} in it stands for the user", DefaultPassword);
    private readonly Option<string?> _tls = new("--tls-trust") { Description = "Messages over TLS, to a server with a certificate of this PEM file or of an authority in it" };
    private readonly Option<int?> _pid = new("--pid") { Description = "The server's process, to read its CPU time, memory and descriptors" };

    private readonly Option<Uri?> _metrics = new("--metrics")
    {
        Description = "The server's metrics page, such as http://127.0.0.1:8080/metrics",
        CustomParser = ParseUri,
    };

    private readonly Option<string?> _json = new("--json") { Description = "Write the report to this file" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_server, _domain, _accounts, _count, _password, _tls, _pid, _metrics, _json])
        {
            command.Add(option);
        }
    }

    /// <summary>The target, still without rooms and members.</summary>
    public RunTarget Read(ParseResult arguments) => new()
    {
        Join = new JoinSettings
        {
            Server = arguments.GetRequiredValue(_server),
            Domain = arguments.GetRequiredValue(_domain),
            Tls = arguments.GetValue(_tls) is { } trusted ? MsrpTlsOptions.FromFile(trusted) : null,
            Accounts = arguments.GetValue(_accounts) is { } prefix
                ? AccountPool.Numbered(prefix, arguments.GetValue(_count), arguments.GetRequiredValue(_password))
                : AccountPool.Demo,
        },
        Pid = arguments.GetValue(_pid),
        Metrics = arguments.GetValue(_metrics),
        JsonPath = arguments.GetValue(_json),
    };

    private static Uri? ParseUri(ArgumentResult argument)
    {
        if (Uri.TryCreate(argument.Tokens[0].Value, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp)
        {
            return uri;
        }

        argument.AddError($"{argument.Tokens[0].Value} is no http address");
        return null;
    }
}
