namespace OmaIm.Load.Idle;

/// <summary>Members who say nothing, as the command line describes them.</summary>
internal sealed record IdleSettings
{
    public required RunTarget Target { get; init; }

    /// <summary>KiB of the server's memory that a member's SIP dialog may cost.</summary>
    public required double SipLimit { get; init; }

    /// <summary>KiB that his MSRP connection may cost.</summary>
    public required double MsrpLimit { get; init; }

    /// <summary>How long everybody is left alone before the server is looked at.</summary>
    public required TimeSpan Rest { get; init; }

    /// <summary>What must hold, and what is said otherwise, in the words of the command line.</summary>
    public IEnumerable<(bool Holds, string Otherwise)> Rules =>
    [
        .. Target.Rules,
        (Target.Pid is not null, "--pid is needed: the verdict is about the server's memory"),
        (Rest >= TimeSpan.Zero, "--rest is not negative"),
    ];
}
