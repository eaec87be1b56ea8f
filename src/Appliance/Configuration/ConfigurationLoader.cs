namespace OmaIm.Appliance.Configuration;

/// <summary>Reads file, environment and command line, in rising order of precedence, and reports every mistake at once.</summary>
public static class ConfigurationLoader
{
    public const string DefaultFile = "omaim.json";

    /// <param name="file">What --config named; null looks for ./omaim.json, which need not exist.</param>
    /// <param name="environment">All environment variables; only those that begin with OMAIM__ matter.</param>
    /// <param name="arguments">The arguments that name keys.</param>
    public static ConfigurationResult Load(string? file, IReadOnlyDictionary<string, string> environment, IReadOnlyList<string> arguments)
    {
        var problems = new List<ConfigurationProblem>();
        var root = ReadFile(file, problems) ?? new RawObject(file ?? DefaultFile);
        var overrides = new Overrides(root, problems);
        overrides.ApplyEnvironment(environment);
        overrides.ApplyCommandLine(arguments);

        var binder = new ConfigurationBinder(problems);
        var options = binder.Bind(root);
        if (problems.Count == 0)
        {
            // Rules over several keys make sense only when each key does.
            problems.AddRange(ApplianceRules.Check(options, binder.SourceOf));
        }

        return new ConfigurationResult(options, problems);
    }

    private static RawObject? ReadFile(string? file, List<ConfigurationProblem> problems)
    {
        var path = file ?? DefaultFile;
        if (file is null && !File.Exists(path))
        {
            return null;
        }

        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length > JsonSource.MaximumBytes)
            {
                problems.Add(new ConfigurationProblem(path, "", $"{stream.Length} bytes", $"a file of at most {JsonSource.MaximumBytes} bytes"));
                return null;
            }

            var text = new byte[stream.Length];
            stream.ReadExactly(text);
            return JsonSource.Read(path, text, problems);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(new ConfigurationProblem(path, "", $"no readable file ({exception.Message})", "a configuration file"));
            return null;
        }
    }
}

/// <summary>The options, to be used only when there are no problems.</summary>
public sealed record ConfigurationResult(ApplianceOptions Options, IReadOnlyList<ConfigurationProblem> Problems);
