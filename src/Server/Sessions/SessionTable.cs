using OmaIm.Protocols.Sip.Headers;
using OmaIm.Server.Core;

namespace OmaIm.Server.Sessions;

/// <summary>All one-to-one sessions of the server, those that ring included.</summary>
internal sealed class SessionTable(SessionOptions options) : ISessionDialogs
{
    // Both Call-IDs of a session lead to it. A caller may use one for two sessions: the later one is found by it.
    private readonly Dictionary<string, Session> _byCallId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _ofCaller = new(StringComparer.Ordinal);
    private readonly HashSet<Session> _sessions = [];

    public int Count => _sessions.Count;

    /// <summary>Whether this user may begin another one.</summary>
    public SessionRefusal Check(Caller caller) =>
        _sessions.Count >= options.Sessions ? SessionRefusal.TooManySessions
        : _ofCaller.GetValueOrDefault(caller.Aor) >= options.SessionsPerUser ? SessionRefusal.TooManyOfCaller
        : SessionRefusal.None;

    public void Add(Session session)
    {
        _sessions.Add(session);
        _byCallId[session.CallerCallId] = session;
        _byCallId[session.CalleeCallId] = session;
        _ofCaller[session.Caller.Aor] = _ofCaller.GetValueOrDefault(session.Caller.Aor) + 1;
    }

    public void Remove(Session session)
    {
        if (!_sessions.Remove(session))
        {
            return;
        }

        foreach (var callId in (ReadOnlySpan<string>)[session.CallerCallId, session.CalleeCallId])
        {
            if (_byCallId.GetValueOrDefault(callId) == session)
            {
                _byCallId.Remove(callId);
            }
        }

        var aor = session.Caller.Aor;
        if (--_ofCaller[aor] == 0)
        {
            _ofCaller.Remove(aor);
        }
    }

    public void EndAll(SessionEnd end) => _sessions.ToList().ForEach(session => session.End(end));

    public ReplacesHeader? FindPeerDialog(string callId, string localTag, string remoteTag) =>
        _byCallId.GetValueOrDefault(callId)?.DialogOfPeer(callId, localTag, remoteTag);
}
