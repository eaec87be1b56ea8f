namespace OmaIm.Protocols.Sip;

public sealed record SipLimits
{
    public static readonly SipLimits Default = new();
    public int StartLine { get; init; } = 8 * 1024;
    public int HeaderLine { get; init; } = 8 * 1024;
    public int Headers { get; init; } = 128;
    public int HeaderBlock { get; init; } = 16 * 1024;
    public int Body { get; init; } = 1024 * 1024;
}
