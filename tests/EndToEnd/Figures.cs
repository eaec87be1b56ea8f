using System.Globalization;

namespace OmaIm.Tests.EndToEnd;

/// <summary>The appliance's own figures, as an operator reads them.</summary>
internal static class Figures
{
    private static readonly HttpClient Http = new();

    /// <summary>The sum of a counter's series whose labels hold the text behind the bar: metric|label.</summary>
    public static async Task<double> CountAsync(RunningAppliance appliance, string counter)
    {
        var bar = counter.IndexOf('|', StringComparison.Ordinal);
        var page = await Http.GetStringAsync(new Uri($"http://{appliance.Host.Http}/metrics"));
        return page.Split('\n')
            .Where(line => line.StartsWith(counter[..bar], StringComparison.Ordinal) && line.Contains(counter[(bar + 1)..], StringComparison.Ordinal))
            .Sum(static line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }
}
