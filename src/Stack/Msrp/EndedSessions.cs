using System.Text;

namespace OmaIm.Stack.Msrp;

/// <summary>
/// The sessions of a connection that ended within the last <see cref="MsrpLoopOptions.Transaction"/>, as many as it may carry. What a peer had
/// under way to them is late, and no guess.
/// </summary>
internal sealed class EndedSessions
{
    private readonly Queue<(string SessionId, long EndedAt)> _inOrder = new();
    private readonly HashSet<string> _sessionIds = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly MsrpLoop _loop;

    public EndedSessions(MsrpLoop loop)
    {
        _loop = loop;
        _bySpan = _sessionIds.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public void Add(string sessionId, int limit)
    {
        DropOld(limit - 1);
        _inOrder.Enqueue((sessionId, _loop.Time.GetTimestamp()));
        _sessionIds.Add(sessionId);
    }

    /// <param name="sessionId">No longer than <see cref="MsrpSessionTable.LongestSessionId"/>.</param>
    public bool Contains(ReadOnlySpan<byte> sessionId)
    {
        DropOld(int.MaxValue);
        Span<char> text = stackalloc char[MsrpSessionTable.LongestSessionId];
        var length = Encoding.ASCII.GetChars(sessionId, text);
        return _bySpan.Contains(text[..length]);
    }

    private void DropOld(int limit)
    {
        while (_inOrder.TryPeek(out var oldest)
            && (_inOrder.Count > limit || _loop.Time.GetElapsedTime(oldest.EndedAt) > _loop.Options.Transaction))
        {
            _inOrder.Dequeue();
            _sessionIds.Remove(oldest.SessionId);
        }
    }
}
