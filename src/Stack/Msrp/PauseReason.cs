namespace OmaIm.Stack.Msrp;

/// <summary>Why a connection is not read for a while. It is read again when no reason is left.</summary>
[Flags]
public enum PauseReason
{
    None = 0,

    /// <summary>Its long messages have had their share of the loop's time.</summary>
    Turn = 1,

    /// <summary>Somebody to whom its long messages go cannot follow.</summary>
    Laggards = 2,

    /// <summary>Its first frame is for a session whose peer's path is not known yet: the answer that names it is still on its way.</summary>
    Path = 4,

    /// <summary>A session of another loop is behind with what this connection has for it.</summary>
    Crossing = 8,

    /// <summary>The far side of a session on it cannot take what comes, or is not there.</summary>
    Held = 16,
}
