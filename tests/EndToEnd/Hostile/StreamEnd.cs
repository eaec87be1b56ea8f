namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>What a message leaves of the connection that it came over.</summary>
public enum StreamEnd
{
    /// <summary>The next message is read.</summary>
    Open,

    /// <summary>The server closes: it does not know where the next message begins.</summary>
    Closed,

    /// <summary>The server waits for the rest of the message.</summary>
    Waiting,
}
