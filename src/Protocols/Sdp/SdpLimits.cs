namespace OmaIm.Protocols.Sdp;

/// <summary>Bounds of one session description. A chat needs one m-line and a dozen attributes; the rest is room for others' media.</summary>
public static class SdpLimits
{
    /// <summary>Longest description in bytes.</summary>
    public const int Length = 64 * 1024;

    /// <summary>Most <c>m=</c> sections.</summary>
    public const int Media = 16;

    /// <summary>Most <c>a=</c> lines at session level and in each section.</summary>
    public const int Attributes = 64;

    /// <summary>Most tokens read from one attribute (accept-types, chatroom, the URIs of a path).</summary>
    public const int Tokens = 64;
}
