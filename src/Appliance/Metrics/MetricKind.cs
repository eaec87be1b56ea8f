using System.Diagnostics.Metrics;

namespace OmaIm.Appliance.Metrics;

internal enum MetricKind
{
    Counter,
    Gauge,
    Histogram,
}

internal static class MetricKinds
{
    public static MetricKind Of(Instrument instrument)
    {
        var type = instrument.GetType();
        var definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (definition == typeof(Histogram<>))
        {
            return MetricKind.Histogram;
        }

        return definition == typeof(Counter<>) || definition == typeof(ObservableCounter<>) ? MetricKind.Counter : MetricKind.Gauge;
    }

    /// <summary>Whether a measurement replaces the value instead of adding to it.</summary>
    public static bool Replaces(Instrument instrument)
    {
        var type = instrument.GetType();
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Gauge<>);
    }
}
