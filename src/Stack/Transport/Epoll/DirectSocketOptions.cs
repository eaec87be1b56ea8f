namespace OmaIm.Stack.Transport.Epoll;

/// <summary>What a listener asks of a connection before it hands it out.</summary>
public sealed record DirectSocketOptions
{
    /// <summary>Who may come in; null: everybody.</summary>
    public IConnectionGate? Gate { get; init; }

    /// <summary>A connection whose first byte takes longer is closed. 10 s: who connects has something to say (RFC 4975 section 5.4).</summary>
    public TimeSpan FirstByte { get; init; } = TimeSpan.FromSeconds(10);
}
