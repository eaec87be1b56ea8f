using Microsoft.Extensions.Logging;

namespace OmaIm.Appliance.Configuration;

public sealed record LogSettings
{
    [Setting("Least level that is logged. What strangers send is never logged above debug.")]
    public LogLevel Level { get; init; } = LogLevel.Information;

    [Setting("line: one plain line each; json: one JSON object each.", Reason = "The first reader is a person.")]
    public LogFormat Format { get; init; } = LogFormat.Line;
}

public enum LogFormat
{
    Line,
    Json,
}
