namespace OmaIm.Client.Messages;

/// <summary>What came of the attempt to keep a message.</summary>
internal enum Keeping
{
    New,

    /// <summary>It was here before, and is acknowledged again without being shown again.</summary>
    Duplicate,

    /// <summary>It could not be kept, and must not be acknowledged.</summary>
    Failed,
}
