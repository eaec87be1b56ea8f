namespace OmaIm.Protocols.Conference;

/// <summary>The status of an endpoint (RFC 4575 section 5.7.3).</summary>
public enum EndpointStatus
{
    Connected,
    Disconnected,
    OnHold,
    MutedViaFocus,
    Pending,
    Alerting,
    DialingIn,
    DialingOut,
    Disconnecting,
}
