using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Text;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Sdp;
using OmaIm.Stack.Transport;

namespace OmaIm.Server.Core;

/// <summary>
/// Where the server connects to for a client that only listens (<c>a=setup:passive</c>). A path may name any host, and who may make the
/// server connect to any host may look around in its network: so only the host that the client itself speaks SIP from is allowed, and
/// networks that the operator names. No name is resolved. The server's own MSRP port is never a target: two sessions that are each
/// other's peer would hand a message round and round.
/// </summary>
public sealed class ConnectPolicy(IReadOnlyList<IPNetwork> networks)
{
    /// <summary>The address to connect to; false when the description names none, or one that is not allowed.</summary>
    /// <param name="remote">The client's end, from its description.</param>
    /// <param name="flow">The way its SIP comes.</param>
    /// <param name="ownPort">The port on which the server itself takes MSRP.</param>
    /// <param name="target">Where to connect.</param>
    public bool TryGetTarget(MsrpMedia remote, SipFlow flow, int ownPort, [NotNullWhen(true)] out IPEndPoint? target)
    {
        target = null;
        var path = MsrpPath.First(Encoding.UTF8.GetBytes(remote.Path));
        if (!MsrpUri.TryParse(path, out var uri))
        {
            return false;
        }

        // OMA's application level gateways correct c= and m= but not the path: they count where the path has a name.
        var (host, port) = (Encoding.ASCII.GetString(uri.Host), uri.Port ?? MsrpUri.DefaultPort);
        if (!TryParseLiteral(host, out var address))
        {
            port = remote.Port;
            if (!TryParseLiteral(remote.Host, out address))
            {
                return false;
            }
        }

        var isClient = address.Equals(Plain(flow.Remote.Address));
        var isOurselves = port == ownPort && (IPAddress.IsLoopback(address) || address.Equals(Plain(flow.Local.Address)));
        if (port == 0 || isOurselves || (!isClient && !networks.Any(network => network.Contains(address))))
        {
            return false;
        }

        target = new IPEndPoint(address, port);
        return true;
    }

    // IPAddress.Parse takes "127.1" and "0x7f000001" as well: only the canonical text counts.
    private static bool TryParseLiteral(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        var literal = text.Trim('[', ']');
        var isLiteral = IPAddress.TryParse(literal, out address)
            && string.Equals(address.ToString(), literal, StringComparison.OrdinalIgnoreCase);
        address = isLiteral ? Plain(address!) : null;
        return isLiteral;
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
