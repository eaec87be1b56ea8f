using OmaIm.Stack.Dialogs;

namespace OmaIm.Server.Sessions;

/// <summary>The one place that maps the ends of sessions to the Reason header (RFC 3326) and to the metric's tag.</summary>
internal static class SessionEnds
{
    public static SessionEnd From(DialogEnd end) =>
        end is DialogEnd.AckTimeout or DialogEnd.PeerGone or DialogEnd.SessionExpired ? SessionEnd.PeerGone : SessionEnd.Bye;

    public static (string? ReasonHeader, string Tag) Describe(SessionEnd end) => end switch
    {
        SessionEnd.Cancelled => (null, "cancelled"),
        SessionEnd.Refused => (null, "refused"),
        SessionEnd.Bye => (null, "bye"),
        SessionEnd.PeerGone => ("SIP;cause=408;text=\"Peer gone\"", "peer_gone"),
        SessionEnd.ConnectionLost => ("SIP;cause=503;text=\"MSRP connection lost\"", "connection_lost"),
        SessionEnd.BadAnswer => ("SIP;cause=488;text=\"Unusable description\"", "bad_answer"),
        SessionEnd.Stopping => ("SIP;cause=503;text=\"Server stopping\"", "stopping"),
        _ => throw new ArgumentOutOfRangeException(nameof(end), end, "not an end"),
    };
}
