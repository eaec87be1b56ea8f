using System.Text;

namespace OmaIm.Stack.Msrp;

/// <summary>The sessions of one loop under one address, found by their session-ids; for that loop's thread.</summary>
internal sealed class MsrpSessionTable
{
    private readonly Dictionary<string, MsrpSession> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MsrpSession>.AlternateLookup<ReadOnlySpan<char>> _bySpan;

    public MsrpSessionTable() => _bySpan = _sessions.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Characters of the longest session-id that is looked for: those of this side are much shorter.</summary>
    public const int LongestSessionId = 128;

    public void Add(MsrpSession session) => _sessions.Add(session.SessionId, session);

    public void Remove(MsrpSession session) => _sessions.Remove(session.SessionId);

    public MsrpSession? Find(ReadOnlySpan<byte> sessionId)
    {
        Span<char> text = stackalloc char[LongestSessionId];
        var length = Encoding.ASCII.GetChars(sessionId, text);
        return _bySpan.TryGetValue(text[..length], out var session) ? session : null;
    }
}
