namespace OmaIm.Protocols.Conference;

/// <summary>How an endpoint left (RFC 4575 section 5.7.6).</summary>
public enum DisconnectionMethod
{
    Departed,
    Booted,
    Failed,
    Busy,
}
