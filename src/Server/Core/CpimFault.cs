namespace OmaIm.Server.Core;

/// <summary>What is wrong with the message/cpim in a body, or with the part that may hide one.</summary>
public enum CpimFault
{
    /// <summary>A part of a body with a type that cannot be read: a recipient might take it for what was not checked here.</summary>
    BadContentType,

    /// <summary>Headers that cannot be read, so that nobody can say whom it claims to be from.</summary>
    Unreadable,

    /// <summary>It claims to be from another user of the domain.</summary>
    ForeignFrom,

    /// <summary>It names its sender, who asks not to be named (RFC 3325 section 9.3).</summary>
    NamesUnnamed,
}
