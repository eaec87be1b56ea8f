namespace OmaIm.Server.Core;

/// <summary>Which way the messages of a one-to-one session take.</summary>
public enum SessionMode
{
    /// <summary>Through the server, always: it works wherever both reach the server.</summary>
    Relay,

    /// <summary>From client to client; the server sees the signalling only.</summary>
    Direct,

    /// <summary>From client to client where both can be reached, else through the server.</summary>
    Auto,
}
