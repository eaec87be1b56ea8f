using OmaIm.Protocols.Conference;

namespace OmaIm.Server.Rooms;

/// <summary>How a user stands in the roster (RFC 4575 section 5.6): always the whole element, never a change within it.</summary>
public static class RosterEntry
{
    /// <param name="aor">The address that the others see.</param>
    /// <param name="nickname">His nickname, shown as display-text, or null.</param>
    /// <param name="isModerator">Whether he may invite and expel.</param>
    /// <param name="sessions">His sessions in the room.</param>
    /// <param name="isInvited">Whether he is being called.</param>
    /// <param name="refusal">Why he did not come when he was called last; null where that is no news any more.</param>
    /// <param name="ifGone">How he left, when there is neither session nor call.</param>
    public static ConferenceUser Create(
        string aor,
        string? nickname,
        bool isModerator,
        IReadOnlyList<RoomSession> sessions,
        bool isInvited,
        RefusedInvitation? refusal,
        DisconnectionMethod ifGone)
    {
        var endpoints = sessions.Select(Describe).ToList();
        if (isInvited)
        {
            endpoints.Add(new ConferenceEndpoint { Entity = aor, Status = EndpointStatus.DialingOut, JoiningMethod = JoiningMethod.DialedOut });
        }

        if (endpoints.Count == 0 && refusal is not null)
        {
            endpoints.Add(new ConferenceEndpoint
            {
                Entity = aor,
                Status = EndpointStatus.Disconnected,
                DisconnectionMethod = refusal.Method,
                DisconnectionReason = refusal.Reason,
            });
        }

        if (endpoints.Count == 0)
        {
            var last = new ConferenceEndpoint { Entity = aor, Status = EndpointStatus.Disconnected, DisconnectionMethod = ifGone };
            return new ConferenceUser { Entity = aor, State = InfoState.Deleted, Endpoints = [last] };
        }

        return new ConferenceUser
        {
            Entity = aor,
            DisplayText = nickname,
            Roles = [isModerator ? "moderator" : "participant"],
            Endpoints = endpoints,
        };
    }

    private static ConferenceEndpoint Describe(RoomSession session) => new()
    {
        Entity = session.Endpoint,
        Status = EndpointStatus.Connected,
        JoiningMethod = session.JoiningMethod,
    };
}
