using System.Globalization;
using OmaIm.Protocols.Conference;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Timing;

namespace OmaIm.Server.Rooms;

/// <summary>An invitation that did not bring its user into the room, as long as the roster shows it.</summary>
/// <param name="Status">The final status.</param>
/// <param name="Timer">Ends the showing.</param>
public sealed record RefusedInvitation(int Status, LoopTimer Timer)
{
    public DisconnectionMethod Method => Status is 486 or 600 ? DisconnectionMethod.Busy : DisconnectionMethod.Failed;

    /// <summary>As in a Reason header (RFC 3326). The phrase is ours: what a client writes does not go into a document for others.</summary>
    public string Reason => string.Create(CultureInfo.InvariantCulture, $"SIP;cause={Status};text=\"{SipReasonPhrases.Of(Status)}\"");
}
