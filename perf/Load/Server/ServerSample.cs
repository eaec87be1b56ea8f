namespace OmaIm.Load.Server;

/// <summary>What the server process has used up to a moment; null for what nobody can tell.</summary>
internal sealed record ServerSample
{
    /// <summary>User and system CPU time in seconds.</summary>
    public double? CpuSeconds { get; init; }

    public long? ResidentBytes { get; init; }

    /// <summary>Open descriptors but those of code: sockets, pipes, files.</summary>
    public int? Descriptors { get; init; }

    /// <summary>Connections that are open, over all listeners.</summary>
    public long? Connections { get; init; }

    /// <summary>Connections that were accepted since the start, over all listeners.</summary>
    public long? Accepted { get; init; }

    /// <summary>What the collector holds, garbage included.</summary>
    public long? HeapBytes { get; init; }

    public long? AllocatedBytes { get; init; }

    public long? Collections { get; init; }

    public double? PauseSeconds { get; init; }

    /// <summary>Frames that the switch has written to members.</summary>
    public long? Deliveries { get; init; }

    /// <summary>Writes in which it did so.</summary>
    public long? Writes { get; init; }
}
