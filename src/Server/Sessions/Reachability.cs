using System.Net;
using System.Net.Sockets;
using System.Text;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Sdp;
using OmaIm.Server.Core;
using OmaIm.Stack.Transport;

namespace OmaIm.Server.Sessions;

/// <summary>
/// Whether two clients can reach each other without the server. The rule, for <see cref="SessionMode.Auto"/>:
/// the caller's path and c= line name the very address that his SIP comes from, with a real port unless he only connects; every contact of the
/// callee names the address that its SIP comes from; and all these addresses are of one family and one reach (this host, a private network, the
/// Internet). Who sits behind a NAT fails it, because his packets come from another address than he names.
/// </summary>
internal static class Reachability
{
    private const int Discard = 9;

    public static bool IsMutual(SipFlow caller, SessionDescription offer, IReadOnlyList<RegisteredContact> callee)
    {
        if (MsrpStream.Find(offer, out var stream) != SdpRejection.None
            || !MsrpUri.TryParse(MsrpPath.First(Encoding.UTF8.GetBytes(stream!.Media.Path)), out var path))
        {
            return false;
        }

        var from = Plain(caller.Remote.Address);
        var listens = stream.Media.Setup != SetupRole.Active;
        return Names(Encoding.ASCII.GetString(path.Host), from)
            && Names(stream.Media.Host, from)
            && (!listens || IsRealPort(path.Port ?? MsrpUri.DefaultPort))
            && callee.All(contact => Plain(contact.Flow.Remote.Address) is var address
                && Names(contact.Uri.Host, address) && address.AddressFamily == from.AddressFamily && ReachOf(address) == ReachOf(from));
    }

    private static bool IsRealPort(int port) => port is not (0 or Discard);

    private static bool Names(string host, IPAddress address) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var named) && Plain(named).Equals(address);

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private static int ReachOf(IPAddress address)
    {
        const int ThisHost = 0, PrivateNetwork = 1, Internet = 2;
        if (IPAddress.IsLoopback(address))
        {
            return ThisHost;
        }

        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal ? PrivateNetwork : Internet;
        }

        return address.GetAddressBytes() is [10, ..] or [172, >= 16 and < 32, ..] or [192, 168, ..] or [169, 254, ..] or [100, >= 64 and < 128, ..]
            ? PrivateNetwork
            : Internet;
    }
}
