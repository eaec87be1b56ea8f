namespace OmaIm.Server.Pager;

/// <summary>Why a MESSAGE is refused by the server itself. <see cref="PagerRefusals"/> says what is answered.</summary>
public enum PagerRefusal
{
    /// <summary>A body without a type (RFC 3261 section 7.4.1).</summary>
    NoContentType,

    /// <summary>A part of a body with a type that cannot be read: a recipient might take it for what was not checked here.</summary>
    BadContentType,

    /// <summary>A body longer than pager mode carries.</summary>
    TooLarge,

    /// <summary>Its Expires has passed since its Date (RFC 3428 section 4): nobody wants it any more.</summary>
    Expired,

    /// <summary>A message/cpim whose headers cannot be read, so that nobody can say whom it claims to be from.</summary>
    BadCpim,

    /// <summary>A message/cpim that claims to be from another user of the domain.</summary>
    ForeignCpimFrom,

    /// <summary>A message/cpim that names its sender, who asks not to be named (RFC 3325 section 9.3).</summary>
    NamedInCpim,

    /// <summary>No such user.</summary>
    UnknownUser,

    /// <summary>None of the recipient's devices is there, or none that the sender asks for.</summary>
    Offline,

    /// <summary>The recipient is reached over UDP only, and the message is too long for that.</summary>
    TooLargeForPath,

    /// <summary>A body in an encoding that lists are not read in, or one that is no multipart.</summary>
    UnsupportedList,

    /// <summary>A recipient list that is missing or broken, or one without a message beside it.</summary>
    BadRecipientList,

    /// <summary>A recipient list without an entry, or a group with no other member.</summary>
    NoRecipients,

    /// <summary>More recipients than a message may have.</summary>
    TooManyRecipients,

    /// <summary>The sender is no member of the group.</summary>
    NotMember,

    /// <summary>A member hides his name from a group that wants to know it.</summary>
    AnonymityNotAllowed,
}
