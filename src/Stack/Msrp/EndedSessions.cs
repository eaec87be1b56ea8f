using System.Text;

namespace OmaIm.Stack.Msrp;

/// <summary>
/// The sessions of a connection that ended last, as many as it may carry. What a peer had under way to them is late, and no guess.
/// </summary>
internal sealed class EndedSessions
{
    private readonly Queue<string> _sessionIds = new();

    public void Add(string sessionId, int limit)
    {
        while (_sessionIds.Count >= limit)
        {
            _sessionIds.Dequeue();
        }

        _sessionIds.Enqueue(sessionId);
    }

    public bool Contains(ReadOnlySpan<byte> sessionId)
    {
        foreach (var ended in _sessionIds)
        {
            if (Ascii.Equals(sessionId, ended))
            {
                return true;
            }
        }

        return false;
    }
}
