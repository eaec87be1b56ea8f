namespace OmaIm.Server.Rooms;

/// <summary>Why a request to a room or to the factory is refused. <see cref="RoomRefusals"/> says what is answered.</summary>
public enum RoomRefusal
{
    None,

    /// <summary>The room does not exist, or no longer.</summary>
    UnknownRoom,

    /// <summary>The sender is no member of the private room.</summary>
    NotMember,

    /// <summary>Nobody is in the room yet, and only a moderator may open it.</summary>
    NotOpener,

    /// <summary>The sender hides his name from a room that wants to know it.</summary>
    AnonymityNotAllowed,

    /// <summary>As many users as the room may have.</summary>
    RoomFull,

    /// <summary>As many sessions or subscriptions as one user may have in a room.</summary>
    TooManySessions,

    /// <summary>The server is stopping.</summary>
    Stopping,

    /// <summary>A body that is no session description.</summary>
    UnsupportedBody,

    /// <summary>A session description that cannot be read.</summary>
    BadDescription,

    /// <summary>An offer that a room cannot take.</summary>
    OfferNotAcceptable,

    /// <summary>The offerer wants to be connected to at a place where the server must not connect.</summary>
    ForbiddenAddress,

    /// <summary>A subscription to another package than conference.</summary>
    BadEvent,

    /// <summary>A subscriber who does not accept application/conference-info+xml.</summary>
    NotAcceptable,

    /// <summary>A subscription shorter than the shortest.</summary>
    TooBrief,

    /// <summary>No Refer-To, or one that cannot be read.</summary>
    BadReferTo,

    /// <summary>A Refer-To with another method than INVITE and BYE.</summary>
    ReferMethod,

    /// <summary>The sender may not invite or expel this user.</summary>
    ReferForbidden,

    /// <summary>The user is being called already.</summary>
    AlreadyInvited,

    /// <summary>As many invitations under way as a room may have.</summary>
    TooManyInvitations,

    /// <summary>The list of invitees is missing or broken.</summary>
    BadInviteeList,

    /// <summary>A REFER with a list that has no entry.</summary>
    NoInvitees,

    /// <summary>A list with more invitees than a room takes.</summary>
    TooManyInvitees,

    /// <summary>As many rooms as the user, or the server, may have.</summary>
    TooManyRooms,

    /// <summary>A method that has no meaning in a room's session.</summary>
    MethodNotAllowed,

    /// <summary>Require names an extension that is not supported.</summary>
    BadExtension,
}
