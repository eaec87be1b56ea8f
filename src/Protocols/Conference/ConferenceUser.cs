namespace OmaIm.Protocols.Conference;

/// <summary>One participant (RFC 4575 section 5.6).</summary>
public sealed record ConferenceUser
{
    /// <summary>The address-of-record: the key in the roster.</summary>
    public required string Entity { get; init; }

    public InfoState State { get; init; }

    /// <summary>What to show: the nickname where the user took one.</summary>
    public string? DisplayText { get; init; }

    public IReadOnlyList<string> Roles { get; init; } = [];

    public IReadOnlyList<ConferenceEndpoint> Endpoints { get; init; } = [];

    /// <summary>The RCS attribute <c>yourown="true"</c>: this is the subscriber himself.</summary>
    public bool IsYourOwn { get; init; }
}
