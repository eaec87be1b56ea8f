namespace OmaIm.Client.Files;

/// <summary>How far a transfer is.</summary>
/// <param name="Done">Bytes that are sent, or written; those of an earlier transfer that this one continues are counted.</param>
/// <param name="Total">Bytes of the whole file; null when not told.</param>
public readonly record struct FileProgress(long Done, long? Total);
