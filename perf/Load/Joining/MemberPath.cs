using System.Globalization;

namespace OmaIm.Load.Joining;

/// <summary>
/// What a driver needs to open the MSRP connection of a member itself, as text <c>room member host port remote-path local-path</c>; the room's
/// URI is for CPIM To, the member's address for CPIM From.
/// </summary>
internal sealed record MemberPath(string Room, string Member, string Host, int Port, string RemotePath, string LocalPath)
{
    public static MemberPath Of(JoinedSession session)
    {
        var (host, port) = session.Target;
        return new MemberPath(session.RoomUri, session.Aor, host, port, session.RemotePath, session.LocalPath);
    }

    /// <exception cref="FormatException">It is none.</exception>
    public static MemberPath Parse(string line) =>
        line.Split(' ') is [var room, var member, var host, var digits, var remote, var local]
        && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new MemberPath(room, member, host, port, remote, local)
            : throw new FormatException($"'{line}' is not 'room member host port remote-path local-path'");

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Room} {Member} {Host} {Port} {RemotePath} {LocalPath}");
}
