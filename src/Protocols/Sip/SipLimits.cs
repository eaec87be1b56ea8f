namespace OmaIm.Protocols.Sip;

/// <summary>What a reader takes before it refuses. All sizes in octets.</summary>
public sealed record SipLimits
{
    /// <summary>The defaults.</summary>
    public static readonly SipLimits Default = new();

    /// <summary>The start line: room for a Request-URI with long parameters; as Kestrel's request line.</summary>
    public int StartLine { get; init; } = 8 * 1024;

    /// <summary>One line of a header: room for the longest Route or Authorization seen; as Kestrel's.</summary>
    public int HeaderLine { get; init; } = 8 * 1024;

    /// <summary>The number of headers, folded lines counted once. Honest messages have 10 to 40, long Via chains 70.</summary>
    public int Headers { get; init; } = 128;

    /// <summary>Start line and headers together: four times the longest honest head, and little enough to be held by 10,000 slow connections.</summary>
    public int Head { get; init; } = 16 * 1024;

    /// <summary>The body on a stream: SDP, CPIM, resource lists and roster documents; more belongs into MSRP.</summary>
    public int Body { get; init; } = 1024 * 1024;
}
