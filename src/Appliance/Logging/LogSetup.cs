using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OmaIm.Appliance.Configuration;

namespace OmaIm.Appliance.Logging;

/// <summary>Sends the log to standard output, as plain lines or as JSON.</summary>
internal static class LogSetup
{
    /// <summary>Events that may wait for a slow terminal or a full disk; beyond, they are dropped: the service never waits for its log.</summary>
    private const int QueueLength = 2_500;

    public static void Configure(ILoggingBuilder logging, LogSettings settings)
    {
        logging.SetMinimumLevel(settings.Level);

        // A start that fails is reported by the appliance, in one line.
        logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.None);
        if (settings.Level > LogLevel.Debug)
        {
            // The framework's own chatter begins at information; ours is meant for the operator.
            logging.AddFilter("Microsoft", LogLevel.Warning);
        }

        logging.Services.Configure<ConsoleLoggerOptions>(console =>
        {
            console.MaxQueueLength = QueueLength;
            console.QueueFullMode = ConsoleLoggerQueueFullMode.DropWrite;
        });
        if (settings.Format == LogFormat.Json)
        {
            // This formatter escapes control characters and everything beyond ASCII by itself.
            logging.AddJsonConsole(json =>
            {
                json.UseUtcTimestamp = true;
                json.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        }
        else
        {
            logging.Services.TryAddSingleton(TimeProvider.System);
            logging.AddConsole(console => console.FormatterName = LineFormatter.FormatterName);
            logging.AddConsoleFormatter<LineFormatter, ConsoleFormatterOptions>();
        }
    }
}
