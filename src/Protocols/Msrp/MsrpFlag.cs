namespace OmaIm.Protocols.Msrp;

/// <summary><c>continuation-flag = "+" / "$" / "#"</c> (RFC 4975 section 9): what follows this chunk.</summary>
public enum MsrpFlag : byte
{
    /// <summary>More chunks of the same message follow.</summary>
    More = (byte)'+',

    /// <summary>The message is complete.</summary>
    Complete = (byte)'$',

    /// <summary>The sender gave the message up; the receiver drops what it has of it.</summary>
    Abort = (byte)'#',
}
