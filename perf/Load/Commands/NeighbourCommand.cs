using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using OmaIm.Load.Joining;
using OmaIm.Load.Neighbours;
using OmaIm.Load.Report;
using OmaIm.Protocols.Msrp;
using Spectre.Console;

namespace OmaIm.Load.Commands;

/// <summary><c>omaim-load neighbour</c>: the same fan-out through another server, for comparison.</summary>
internal static class NeighbourCommand
{
    /// <summary>What a client of each server is.</summary>
    private static readonly Dictionary<string, Func<NeighbourSeat, NeighbourSession>> Protocols = new(StringComparer.Ordinal)
    {
        ["nats"] = seat => new NatsSession(seat),
        ["redis"] = seat => new RedisSession(seat),
        ["xmpp"] = seat => new XmppSession(seat),
        ["msrp-relay"] = seat => new MsrpRelaySession(seat),
        ["anchor"] = seat => new AnchoredSession(seat, FailureReport.Yes),
        ["anchor-partial"] = seat => new AnchoredSession(seat, FailureReport.Partial),
    };

    private static readonly Argument<string> Protocol = new("protocol") { Description = string.Join(", ", Protocols.Keys) };

    private static readonly Option<IPEndPoint> Server = new("--server")
    {
        Description = "Address of the server, address:port",
        Required = true,
        CustomParser = ParseAddress,
    };

    private static readonly Option<int> Topics = Options.Number("--topics", "Topics", 1);
    private static readonly Option<int> Members = Options.Number("--members", "Members of each topic", 100);
    private static readonly Option<int> Senders = Options.Number("--senders", "Senders in each topic", 1);
    private static readonly Option<int> Size = Options.Number("--size", "Bytes of text in a message", 64);
    private static readonly Option<int> Window = Options.Number("--window", "Messages that each sender has in flight", 1);
    private static readonly Option<double> Warm = Options.Fraction("--warm", "Seconds of load before measuring", 8);
    private static readonly Option<double> Duration = Options.Fraction("--duration", "Seconds of measuring", 10);

    private static readonly Option<IReadOnlyList<MemberPath>?> Paths = new("--paths")
    {
        Description = "Of anchor: the file that --path-file has written, or what omaim-load anchor has printed",
        Arity = ArgumentArity.ExactlyOne,
        CustomParser = ReadPaths,
    };

    private static readonly Option<int?> Pid = new("--pid") { Description = "The server's process, to read its CPU time and memory with those of its children" };
    private static readonly Option<string?> Json = new("--json") { Description = "Write the report to this file" };

    public static Command Create()
    {
        var command = new Command("neighbour", "Drive the same fan-out through another server")
        {
            Protocol, Server, Topics, Members, Senders, Size, Window, Warm, Duration, Paths, Pid, Json,
        };
        Protocol.AcceptOnlyFromAmong([.. Protocols.Keys]);
        command.SetAction((arguments, cancellationToken) =>
        {
            var plan = Read(arguments);
            var create = Protocols[arguments.GetRequiredValue(Protocol)];
            return Execution.RunAsync(plan.Rules, (output, status) => RunAsync(create, plan, output, status, cancellationToken));
        });
        return command;
    }

    internal static NeighbourPlan Read(ParseResult arguments) => new()
    {
        Server = arguments.GetRequiredValue(Server),
        Topics = arguments.GetValue(Topics),
        Members = arguments.GetValue(Members),
        Senders = arguments.GetValue(Senders),
        Window = arguments.GetValue(Window),
        TextLength = arguments.GetValue(Size),
        Warm = TimeSpan.FromSeconds(arguments.GetValue(Warm)),
        Duration = TimeSpan.FromSeconds(arguments.GetValue(Duration)),
        Paths = arguments.GetValue(Paths) ?? [],
        Pid = arguments.GetValue(Pid),
        JsonPath = arguments.GetValue(Json),
    };

    private static async Task<int> RunAsync(
        Func<NeighbourSeat, NeighbourSession> create, NeighbourPlan plan, IAnsiConsole output, IAnsiConsole status, CancellationToken cancellationToken)
    {
        try
        {
            using var run = new NeighbourRun(create, plan, status);
            var report = await run.RunAsync(cancellationToken);
            output.Write(ResultTable.Create(report));
            await JsonReport.WriteToAsync(plan.JsonPath, report);
            return report.Faults.Total > 0 ? ExitCode.Faults : ExitCode.Ok;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    private static IReadOnlyList<MemberPath>? ReadPaths(ArgumentResult argument)
    {
        try
        {
            return [.. File.ReadLines(argument.Tokens[0].Value).Select(MemberPath.Parse)];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or FormatException)
        {
            argument.AddError(failure.Message);
            return null;
        }
    }

    private static IPEndPoint? ParseAddress(ArgumentResult argument)
    {
        if (IPEndPoint.TryParse(argument.Tokens[0].Value, out var address) && address.Port > 0)
        {
            return address;
        }

        argument.AddError($"{argument.Tokens[0].Value} is no address:port");
        return null;
    }
}
