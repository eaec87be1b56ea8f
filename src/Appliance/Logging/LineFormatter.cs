using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace OmaIm.Appliance.Logging;

/// <summary>
/// One line for each event: time in UTC, level, category, text. What peers sent is made printable first, so that no name or
/// header can forge a line or move the cursor; the lines of an exception are indented and can not be taken for events.
/// </summary>
internal sealed class LineFormatter : ConsoleFormatter
{
    public const string FormatterName = "omaim-line";

    private const string CategoryPrefix = "OmaIm.";
    private readonly TimeProvider _time;

    public LineFormatter(TimeProvider time)
        : base(FormatterName) => _time = time;

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var category = logEntry.Category.StartsWith(CategoryPrefix, StringComparison.Ordinal) ? logEntry.Category[CategoryPrefix.Length..] : logEntry.Category;
        textWriter.Write(_time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        textWriter.Write($" {Level(logEntry.LogLevel)} {category}: ");
        textWriter.Write(Printable.OneLine(logEntry.Formatter(logEntry.State, logEntry.Exception)));
        textWriter.Write('\n');
        if (logEntry.Exception is not null)
        {
            foreach (var line in logEntry.Exception.ToString().Split('\n'))
            {
                textWriter.Write($"    | {Printable.OneLine(line.TrimEnd('\r'))}\n");
            }
        }
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        LogLevel.Error => "error",
        _ => "fatal",
    };
}
