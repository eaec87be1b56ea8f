using System.Net;

namespace OmaIm.Stack.Transport.Epoll;

/// <summary>Who may come in: asked by a listener of this transport on a thread of its own, before a connection costs more than its descriptor.</summary>
public interface IConnectionGate
{
    /// <summary>Whether one more connection may be accepted; otherwise it waits in the kernel's backlog.</summary>
    bool HasRoom { get; }

    /// <summary>A connection was accepted. False: it is to be closed at once.</summary>
    bool TryEnter(IPEndPoint remote);

    /// <summary>A connection that entered is closed. Any thread, once for each.</summary>
    /// <param name="remote">As it entered.</param>
    /// <param name="hasSpoken">Whether a byte came over it.</param>
    void Leave(IPEndPoint remote, bool hasSpoken);
}
