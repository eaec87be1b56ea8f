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

    public static string Write<T>(T report) => JsonSerializer.Serialize(report, Options) + "\n";
}
