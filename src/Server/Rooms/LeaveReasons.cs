using OmaIm.Protocols.Conference;
using OmaIm.Stack.Dialogs;

namespace OmaIm.Server.Rooms;

/// <summary>The one place that says what a reason to leave means to the client, to the roster and to the metrics.</summary>
public static class LeaveReasons
{
    /// <summary>The Reason header of our BYE (RFC 3326). Clients take 410 for "you are out" and anything else for "come again".</summary>
    public static string? ReasonHeader(LeaveReason reason) => reason switch
    {
        LeaveReason.Expelled => "SIP;cause=410;text=\"Expelled\"",
        LeaveReason.ConnectionLost => "SIP;cause=480;text=\"MSRP Connection Lost\"",
        LeaveReason.NeverConnected => "SIP;cause=408;text=\"No MSRP Connection\"",
        LeaveReason.BadAnswer => "SIP;cause=488;text=\"Answer Not Acceptable\"",
        LeaveReason.NoPlace => "SIP;cause=486;text=\"Room Full\"",
        LeaveReason.Closed => "SIP;cause=503;text=\"Shutting Down\"",
        _ => null,
    };

    public static DisconnectionMethod Disconnection(LeaveReason reason) => reason switch
    {
        LeaveReason.Departed or LeaveReason.Closed => DisconnectionMethod.Departed,
        LeaveReason.Expelled => DisconnectionMethod.Booted,
        _ => DisconnectionMethod.Failed,
    };

    public static string Tag(LeaveReason reason) => reason switch
    {
        LeaveReason.Departed => "departed",
        LeaveReason.Expelled => "expelled",
        LeaveReason.ConnectionLost => "connection_lost",
        LeaveReason.NeverConnected => "never_connected",
        LeaveReason.BadAnswer => "bad_answer",
        LeaveReason.NoPlace => "no_place",
        LeaveReason.Unreachable => "unreachable",
        _ => "closed",
    };

    public static LeaveReason From(DialogEnd end) => end switch
    {
        DialogEnd.RemoteBye => LeaveReason.Departed,
        DialogEnd.LocalBye or DialogEnd.Terminated => LeaveReason.Closed,
        _ => LeaveReason.Unreachable,
    };
}
