namespace OmaIm.Load.Measuring;

/// <summary>What a sequence number says about the message that carries it.</summary>
internal enum SequenceVerdict
{
    /// <summary>The one that was due.</summary>
    InOrder,

    /// <summary>A later one than was due: those between are missing so far.</summary>
    AfterGap,

    /// <summary>One that was missing so far: it came, but out of order.</summary>
    OutOfOrder,

    /// <summary>One that had come before.</summary>
    Doubled,
}
