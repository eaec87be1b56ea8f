using OmaIm.Client;
using OmaIm.Stack.Transport;

namespace OmaIm.Load.Joining;

/// <summary>Who joins what, and where.</summary>
internal sealed record JoinSettings
{
    /// <summary>SIP address of the server, host:port.</summary>
    public required string Server { get; init; }

    public required string Domain { get; init; }

    public SipProtocol Transport { get; init; } = SipProtocol.Tcp;

    public required AccountPool Accounts { get; init; }

    /// <summary>Whom to trust where messages go over TLS; null for plain TCP.</summary>
    public MsrpTlsOptions? Tls { get; init; }

    /// <summary>URIs of the rooms; of one-to-one sessions a name for each, which looks like one.</summary>
    public IReadOnlyList<string> Rooms { get; init; } = [];

    /// <summary>Members of each room.</summary>
    public int Members { get; init; }
}
