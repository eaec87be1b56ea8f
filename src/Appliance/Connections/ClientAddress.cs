using System.Net;
using System.Net.Sockets;

namespace OmaIm.Appliance.Connections;

/// <summary>Who a connection is counted against.</summary>
internal static class ClientAddress
{
    /// <summary>Bytes of the network part of an IPv6 address: a site gets a /64, so one client has 2^64 addresses.</summary>
    private const int NetworkBytes = 8;

    public static IPAddress Of(EndPoint? remote)
    {
        var address = remote is IPEndPoint endpoint ? endpoint.Address : IPAddress.None;
        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return address;
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }
}
