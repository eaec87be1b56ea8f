using OmaIm.Protocols.Sdp;

namespace OmaIm.Client.Sessions;

/// <summary>What this side of a session says of itself in SDP, and how it behaves.</summary>
internal sealed record SessionProfile
{
    /// <summary>Media types outside of a wrapper.</summary>
    public IReadOnlyList<string> AcceptTypes { get; init; } = ["message/cpim", "*"];

    public IReadOnlyList<string> AcceptWrappedTypes { get; init; } = ["*"];

    public MediaDirection Direction { get; init; }

    /// <summary>Bytes of the largest message that this side takes.</summary>
    public required long MaximumMessageSize { get; init; }

    /// <summary>How long the session lives on without a connection to the SIP server.</summary>
    public TimeSpan SignallingTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Where the session leaves a message that is not whole when it ends, and finds one that it is to go on with; null: nowhere.</summary>
    public PartialMessages? Partials { get; init; }

    /// <summary>Whether peers may connect to this side; null: where its address is a loopback or private one.</summary>
    public bool? Listens { get; init; }

    /// <summary>Whether this side has a connection of its own; off: somebody else connects in its name.</summary>
    public bool Connects { get; init; } = true;
}
