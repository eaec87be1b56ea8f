using OmaIm.Stack.Msrp;

namespace OmaIm.Switch.Routes;

/// <summary>What a room's focus hears from its route, on the loop's thread: it passes the fact on to its own thread and returns.</summary>
public interface IRoomRouteObserver
{
    /// <summary>The member's session is bound: he now gets what the others say.</summary>
    void OnMemberBound(RoomMember member);

    /// <summary>The member's session has ended, whoever ended it.</summary>
    void OnMemberGone(RoomMember member, MsrpCloseReason reason);

    /// <summary>The member asks for a nickname; the request is answered by its own methods, once, from any thread.</summary>
    void OnNickname(RoomMember member, NicknameRequest request);
}
