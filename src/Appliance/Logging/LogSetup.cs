using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using OmaIm.Appliance.Configuration;

namespace OmaIm.Appliance.Logging;

/// <summary>Sends the log to standard output, as plain lines or as JSON.</summary>
internal static class LogSetup
{
    /// <summary>Events that may wait for a slow terminal or a full disk; beyond, they are dropped: the service never waits for its log.</summary>
    private const int QueueLength = 2_500;

    public static ILoggerFactory Create(LogSettings settings) => settings.Format == LogFormat.Json ? Json(settings) : Lines(settings);

    /// <summary>By hand: a container of services and a binder of configuration are 3 MB and a tenth of the start, for two objects.</summary>
    private static LoggerFactory Lines(LogSettings settings)
    {
        var console = new ConsoleLoggerOptions { FormatterName = LineFormatter.FormatterName };
        Limit(console);
        var filters = new LoggerFilterOptions();
        Filter(filters, settings.Level);
        return new LoggerFactory([new ConsoleLoggerProvider(new Unchanging(console), [new LineFormatter(TimeProvider.System)])], filters);
    }

    /// <summary>The framework's JSON formatter can be had from its container only. It escapes control characters and everything beyond ASCII by itself.</summary>
    private static ILoggerFactory Json(LogSettings settings) => LoggerFactory.Create(logging =>
    {
        logging.Services.Configure<LoggerFilterOptions>(filters => Filter(filters, settings.Level));
        logging.Services.Configure<ConsoleLoggerOptions>(Limit);
        logging.AddJsonConsole(json =>
        {
            json.UseUtcTimestamp = true;
            json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        });
    });

    private static void Filter(LoggerFilterOptions filters, LogLevel level)
    {
        filters.MinLevel = level;

        // Neither format prints them, and Kestrel opens one for every connection.
        filters.CaptureScopes = false;
        if (level > LogLevel.Debug)
        {
            // The framework's own chatter begins at information; ours is meant for the operator.
            filters.AddFilter("Microsoft", LogLevel.Warning);
        }
    }

    private static void Limit(ConsoleLoggerOptions console)
    {
        console.MaxQueueLength = QueueLength;
        console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
    }

    /// <summary>Options that nobody changes while the server runs.</summary>
    private sealed class Unchanging(ConsoleLoggerOptions options) : IOptionsMonitor<ConsoleLoggerOptions>
    {
        public ConsoleLoggerOptions CurrentValue => options;

        public ConsoleLoggerOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<ConsoleLoggerOptions, string?> listener) => null;
    }
}
