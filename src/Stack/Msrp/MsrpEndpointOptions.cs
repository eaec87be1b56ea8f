namespace OmaIm.Stack.Msrp;

/// <summary>What an endpoint says of itself in its paths.</summary>
public sealed record MsrpEndpointOptions
{
    /// <summary>Host name or address literal (IPv6 in brackets) under which peers reach this endpoint.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Whether its connections are secured by TLS: its sessions are named msrps then, and reached by no other name.</summary>
    public bool IsSecure { get; init; }

    /// <summary>The port where it listens; 9, the discard port, for an endpoint that only connects out (RFC 4145 section 4.1).</summary>
    public int Port { get; init; } = 9;
}
