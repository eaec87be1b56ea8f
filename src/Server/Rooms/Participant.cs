using OmaIm.Server.Core;

namespace OmaIm.Server.Rooms;

/// <summary>A user in a room, with all his sessions: he hears on each of them and is one person in the roster.</summary>
public sealed class Participant(Caller user)
{
    public Caller User { get; } = user;

    /// <summary>At most <see cref="RoomLimits.SessionsPerUser"/>.</summary>
    public List<RoomSession> Sessions { get; } = [];
}
