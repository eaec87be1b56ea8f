namespace OmaIm.Protocols.Sdp;

/// <summary>The direction attribute of RFC 8866 section 6.7, seen from the side that wrote the description.</summary>
public enum MediaDirection
{
    SendReceive,
    SendOnly,
    ReceiveOnly,
    Inactive,
}
