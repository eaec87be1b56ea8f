using System.CommandLine;
using OmaIm.Appliance.Configuration;
using OmaIm.Appliance.Hosting;

namespace OmaIm.Appliance.CommandLine;

/// <summary>The omaim-server command: start, check the configuration, or ask a running server for its health.</summary>
public sealed class ServerCommand(IReadOnlyDictionary<string, string> environment, TextWriter output, TextWriter error)
{
    private readonly Option<string?> _config = new("--config")
    {
        Description = "Configuration file. Default: ./omaim.json if it exists.",
        HelpName = "PATH",
    };

    private readonly Option<bool> _checkConfig = new("--check-config") { Description = "Check the configuration and exit: 0 when it is right, 2 when not." };

    private readonly Option<bool> _health = new("--health") { Description = "Ask the running server whether it is ready and exit: 0 when it is, 1 when not." };

    public Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var command = new RootCommand("OmaIm, the OMA SIMPLE instant messaging server. Any configuration key can be given as --KEY=VALUE, such as --Sip:Udp:Port=5070.")
        {
            _config,
            _checkConfig,
            _health,
        };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(RunAsync);

        // No response files: @ begins no argument of ours. Signals are ours as well.
        var parsed = command.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            return ReportAsync(parsed.Errors.Select(problem => $"command line: {problem.Message}"));
        }

        return parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false,
        });
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (options, problems) = ConfigurationLoader.Load(parsed.GetValue(_config), environment, parsed.UnmatchedTokens);
        if (problems.Count > 0)
        {
            return await ReportAsync(problems.Select(problem => problem.ToString()));
        }

        if (parsed.GetValue(_checkConfig))
        {
            await output.WriteLineAsync("The configuration is right.");
            return ExitCode.Success;
        }

        return parsed.GetValue(_health)
            ? await HealthProbe.RunAsync(options.Http, output, error, cancellationToken)
            : await ServeAsync(options);
    }

    private async Task<int> ServeAsync(ApplianceOptions options)
    {
        using var signal = new StopSignal();
        try
        {
            await using var host = await ApplianceHost.StartAsync(options, output, signal.Requested);
            await signal.Received;
            await host.StopAsync();
            return ExitCode.Success;
        }
        catch (ListenException exception)
        {
            await error.WriteLineAsync(exception.Message);
            return ExitCode.Failure;
        }
        catch (OperationCanceledException) when (signal.Requested.IsCancellationRequested)
        {
            // Stopped before it was up.
            return ExitCode.Success;
        }
    }

    private async Task<int> ReportAsync(IEnumerable<string> problems)
    {
        foreach (var problem in problems)
        {
            await error.WriteLineAsync(problem);
        }

        return ExitCode.Configuration;
    }
}
