using OmaIm.Protocols.Conference;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Rooms;

/// <summary>SUBSCRIBE to a room's roster (RFC 4575, RFC 6665), inside a session's dialog or with one of its own.</summary>
public static class SubscribeRequest
{
    private const string Package = "conference";

    /// <summary>Answers the SUBSCRIBE; returns the subscription when it was accepted.</summary>
    public static NotifierUsage? Handle(RoomServices services, Room room, ServerTransaction transaction, Caller caller)
    {
        var refusal = Check(services, room, transaction.Request, caller, out var expires);
        if (refusal != RoomRefusal.None)
        {
            services.Refuse(transaction, refusal);
            return null;
        }

        return room.Notifier.Accept(services.Dialogs, transaction, caller.Aor, room.Uri, expires);
    }

    private static RoomRefusal Check(RoomServices services, Room room, SipMessage request, Caller caller, out TimeSpan expires)
    {
        var limits = services.Limits;
        var asked = request.Expires is { Seconds: var seconds } ? TimeSpan.FromSeconds(seconds) : limits.MaximumSubscription;
        expires = asked < limits.MaximumSubscription ? asked : limits.MaximumSubscription;
        if (request.Event is not { Package: Package })
        {
            return RoomRefusal.BadEvent;
        }

        if (!room.Rights.MayJoin(caller.Aor))
        {
            return RoomRefusal.NotMember;
        }

        if (!AcceptsConferenceInfo(request))
        {
            return RoomRefusal.NotAcceptable;
        }

        // Expires 0 asks for the state once, and is never too brief (RFC 6665 section 4.4.3).
        if (asked > TimeSpan.Zero && asked < limits.MinimumSubscription)
        {
            return RoomRefusal.TooBrief;
        }

        return room.Notifier.CountOf(caller.Aor) < limits.SubscriptionsPerUser ? RoomRefusal.None : RoomRefusal.TooManySessions;
    }

    // No Accept means the package's own type (RFC 4575 section 3.5), an empty one that nothing is taken (RFC 3261 section 20.1).
    private static bool AcceptsConferenceInfo(SipMessage request) => request.Accept?.Contains(ConferenceInfo.ContentType) != false;
}
