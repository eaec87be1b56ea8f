using System.Text;
using OmaIm.Load.Wire;
using OmaIm.Protocols.Msrp;

namespace OmaIm.Load.Joining;

/// <summary>A member by SIP: the dialog stands, the MSRP connection is still to be made.</summary>
/// <param name="Room">Number of the room, or of the one-to-one session.</param>
/// <param name="Aor">The member's address, for CPIM From.</param>
internal sealed record JoinedSession(JoinedDialog Dialog, int Room, string RoomUri, string Aor, string LocalPath, string RemotePath)
{
    /// <summary>What carries the connection to the server over TLS; null where it goes there by itself.</summary>
    public TlsRelay? Relay { get; init; }

    /// <summary>Where to connect.</summary>
    /// <exception cref="LoadException">The path is none.</exception>
    public (string Host, int Port) Target => Relay is { } relay ? (relay.Entry.Address.ToString(), relay.Entry.Port) : Server;

    /// <summary>Host and port of the first URI of the switch's path.</summary>
    public (string Host, int Port) Server
    {
        get
        {
            var first = MsrpPath.First(Encoding.UTF8.GetBytes(RemotePath));
            return MsrpUri.TryParse(first, out var uri)
                ? (Encoding.ASCII.GetString(uri.Host), uri.Port ?? MsrpUri.DefaultPort)
                : throw new LoadException($"the server's path is no MSRP path: {RemotePath}");
        }
    }
}
