namespace OmaIm.Protocols.Conference;

/// <summary>One signalling session of a user (RFC 4575 section 5.7).</summary>
public sealed record ConferenceEndpoint
{
    /// <summary>The contact or GRUU of the endpoint: its key inside the user.</summary>
    public required string Entity { get; init; }

    public InfoState State { get; init; }

    public string? DisplayText { get; init; }

    public EndpointStatus? Status { get; init; }

    public JoiningMethod? JoiningMethod { get; init; }

    public DisconnectionMethod? DisconnectionMethod { get; init; }

    /// <summary>The reason element of disconnection-info (section 5.7.7), for example <c>SIP;cause=486;text="Busy Here"</c>.</summary>
    public string? DisconnectionReason { get; init; }
}
