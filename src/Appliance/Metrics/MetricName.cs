using System.Diagnostics.Metrics;

namespace OmaIm.Appliance.Metrics;

/// <summary>The Prometheus name of an instrument: <c>omaim.sip.messages</c> becomes <c>omaim_sip_messages_total</c>.</summary>
internal static class MetricName
{
    public static string Of(Instrument instrument, MetricKind kind)
    {
        var name = string.Create(instrument.Name.Length, instrument.Name, static (target, source) =>
        {
            for (var index = 0; index < source.Length; index++)
            {
                target[index] = char.IsAsciiLetterOrDigit(source[index]) ? char.ToLowerInvariant(source[index]) : '_';
            }
        });
        name = WithSuffix(name, UnitSuffix(instrument.Unit));
        return kind == MetricKind.Counter ? WithSuffix(name, "_total") : name;
    }

    /// <summary>Units in the notation of UCUM, as OpenTelemetry writes them; {annotations} say nothing to Prometheus.</summary>
    private static string UnitSuffix(string? unit) => unit switch
    {
        "s" => "_seconds",
        "ms" => "_milliseconds",
        "us" => "_microseconds",
        "By" => "_bytes",
        _ => "",
    };

    private static string WithSuffix(string name, string suffix) => name.EndsWith(suffix, StringComparison.Ordinal) ? name : name + suffix;
}
