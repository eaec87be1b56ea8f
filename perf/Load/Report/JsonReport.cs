using System.Text.Json;

namespace OmaIm.Load.Report;

/// <summary>The report for programs.</summary>
internal static class JsonReport
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
    };

    /// <summary>Writes a report to a file, if one is wanted.</summary>
    public static async Task WriteToAsync<T>(string? path, T report)
    {
        if (path is not null)
        {
            await File.WriteAllTextAsync(path, Write(report));
        }
    }

    public static string Write<T>(T report) => JsonSerializer.Serialize(report, Options) + "\n";
}
