using System.Diagnostics.Metrics;

namespace OmaIm.Appliance.Connections;

/// <summary>Counts what the listeners accept and refuse; labels are the names of our listeners and limits, never a peer's words.</summary>
internal static class ConnectionMetrics
{
    private const string ListenerLabel = "listener";

    private static readonly Meter Meter = new("OmaIm.Connections");

    private static readonly UpDownCounter<long> Open =
        Meter.CreateUpDownCounter<long>("omaim.connections.open", null, "Connections that are open.");

    private static readonly Counter<long> Accepted =
        Meter.CreateCounter<long>("omaim.connections.accepted", null, "Connections that were accepted.");

    private static readonly Counter<long> OverLimit =
        Meter.CreateCounter<long>("omaim.connections.refused", null, "Connections that were closed because of a limit.");

    private static readonly Counter<long> WithoutByte =
        Meter.CreateCounter<long>("omaim.connections.silent", null, "Connections that were closed before a byte had come over them.");

    private static readonly Counter<long> Handshakes =
        Meter.CreateCounter<long>("omaim.tls.handshakes", null, "TLS handshakes that succeeded, by what was agreed on.");

    private static readonly Counter<long> FailedHandshakes =
        Meter.CreateCounter<long>("omaim.tls.failures", null, "TLS handshakes that came to nothing.");

    public static void NotSecured() => FailedHandshakes.Add(1);

    /// <summary>The framework's names of versions and ciphers: there are as many as it knows.</summary>
    public static void Secured(string protocol, string cipher) =>
        Handshakes.Add(1, new KeyValuePair<string, object?>("protocol", protocol), new KeyValuePair<string, object?>("cipher", cipher));

    public static void Opened(string listener)
    {
        Open.Add(1, new KeyValuePair<string, object?>(ListenerLabel, listener));
        Accepted.Add(1, new KeyValuePair<string, object?>(ListenerLabel, listener));
    }

    public static void Closed(string listener) => Open.Add(-1, new KeyValuePair<string, object?>(ListenerLabel, listener));

    public static void Silent(string listener) => WithoutByte.Add(1, new KeyValuePair<string, object?>(ListenerLabel, listener));

    public static void Refused(string listener, string limit) =>
        OverLimit.Add(1, new KeyValuePair<string, object?>(ListenerLabel, listener), new KeyValuePair<string, object?>("limit", limit));
}
