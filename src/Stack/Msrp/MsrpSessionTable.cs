using System.Collections.Concurrent;
using System.Text;

namespace OmaIm.Stack.Msrp;

/// <summary>
/// The sessions of one loop under one address, found by their session-ids. Whoever makes a session, on any thread, tells its path to the peer
/// at once: the peer's first frame must find it, though the loop has read nothing else since.
/// </summary>
internal sealed class MsrpSessionTable
{
    private readonly ConcurrentDictionary<string, MsrpSession> _sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, MsrpSession>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public MsrpSessionTable() => _bySpan = _sessions.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Characters of the longest session-id that is looked for: those of this side are much shorter.</summary>
    public const int LongestSessionId = 128;

    public void Add(MsrpSession session) => _sessions[session.SessionId] = session;

    public void Remove(MsrpSession session) => _sessions.TryRemove(session.SessionId, out _);

    public MsrpSession? Find(ReadOnlySpan<byte> sessionId)
    {
        Span<char> text = stackalloc char[LongestSessionId];
        var length = Encoding.ASCII.GetChars(sessionId, text);
        return _bySpan.TryGetValue(text[..length], out var session) ? session : null;
    }
}
