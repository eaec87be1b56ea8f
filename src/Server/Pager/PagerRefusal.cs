namespace OmaIm.Server.Pager;

/// <summary>Why a MESSAGE is refused by the server itself. <see cref="PagerRefusals"/> says what is answered.</summary>
public enum PagerRefusal
{
    /// <summary>A body without a type (RFC 3261 section 7.4.1).</summary>
    NoContentType,

    /// <summary>A body longer than pager mode carries.</summary>
    TooLarge,

    /// <summary>Nobody is registered under the address.</summary>
    Offline,

    /// <summary>The recipient is reached over UDP only, and the message is too long for that.</summary>
    TooLargeForPath,
}
