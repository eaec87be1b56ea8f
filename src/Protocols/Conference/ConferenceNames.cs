using System.Xml.Linq;

namespace OmaIm.Protocols.Conference;

/// <summary>The words of RFC 4575 for our enumerations, both ways.</summary>
internal static class ConferenceNames
{
    public static readonly XNamespace Namespace = "urn:ietf:params:xml:ns:conference-info";

    private static readonly string[] States = ["full", "partial", "deleted"];

    // RFC 4575 section 5.7.3
    private static readonly string[] Statuses =
        ["connected", "disconnected", "on-hold", "muted-via-focus", "pending", "alerting", "dialing-in", "dialing-out", "disconnecting"];

    // section 5.7.4
    private static readonly string[] JoiningMethods = ["dialed-in", "dialed-out", "focus-owner"];

    // section 5.7.6
    private static readonly string[] DisconnectionMethods = ["departed", "booted", "failed", "busy"];

    public static string Of(InfoState value) => States[(int)value];

    public static string Of(EndpointStatus value) => Statuses[(int)value];

    public static string Of(JoiningMethod value) => JoiningMethods[(int)value];

    public static string Of(DisconnectionMethod value) => DisconnectionMethods[(int)value];

    public static InfoState? State(string? text) => (InfoState?)Index(States, text);

    public static EndpointStatus? Status(string? text) => (EndpointStatus?)Index(Statuses, text);

    public static JoiningMethod? Joining(string? text) => (JoiningMethod?)Index(JoiningMethods, text);

    public static DisconnectionMethod? Disconnection(string? text) => (DisconnectionMethod?)Index(DisconnectionMethods, text);

    private static int? Index(string[] names, string? text) =>
        Array.FindIndex(names, name => string.Equals(name, text, StringComparison.Ordinal)) is var index and >= 0 ? index : null;
}
