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
}
