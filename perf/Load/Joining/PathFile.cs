namespace OmaIm.Load.Joining;

/// <summary>
/// What an outside driver needs to open the MSRP connections itself, a line for each member:
/// <c>room member host port remote-path local-path</c>; the room's URI is for CPIM To, the member's address for CPIM From.
/// </summary>
internal static class PathFile
{
    public static IEnumerable<string> Lines(IEnumerable<JoinedSession> sessions) => sessions.Select(session =>
    {
        var (host, port) = session.Target;
        return string.Join(' ', session.RoomUri, session.Aor, host, port, session.RemotePath, session.LocalPath);
    });
}
