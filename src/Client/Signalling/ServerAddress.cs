using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Client.Signalling;

/// <summary>Host and port as people write them: <c>host</c>, <c>host:port</c>, <c>[v6]:port</c>.</summary>
internal readonly record struct ServerAddress(string Host, int Port)
{
    /// <summary>RFC 3261 section 19.1.2: the port of UDP and TCP when none is given.</summary>
    private const int DefaultPort = 5060;

    public static bool TryParse(string text, out ServerAddress address)
    {
        address = default;
        if (IPAddress.TryParse(text, out var plain) && plain.AddressFamily == AddressFamily.InterNetworkV6 && !text.StartsWith('['))
        {
            address = new ServerAddress(plain.ToString(), DefaultPort);
            return true;
        }

        var colon = text.LastIndexOf(':');
        var hasPort = colon > text.LastIndexOf(']');
        var host = (hasPort ? text[..colon] : text).Trim('[', ']');
        long port = DefaultPort;
        if (hasPort && (!Digits.TryParse(Encoding.UTF8.GetBytes(text[(colon + 1)..]), 65_535, out port) || port == 0))
        {
            return false;
        }

        address = new ServerAddress(host, (int)port);
        return Uri.CheckHostName(host) != UriHostNameType.Unknown;
    }

    public static ServerAddress Parse(string text) => TryParse(text, out var address)
        ? address
        : throw new ArgumentException($"{text} is not host or host:port", nameof(text));

    /// <summary>The addresses to try, in order; at least one.</summary>
    public async Task<IPEndPoint[]> ResolveAsync(CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(Host, out var literal))
        {
            return [new IPEndPoint(literal, Port)];
        }

        try
        {
            var port = Port;
            var addresses = await Dns.GetHostAddressesAsync(Host, cancellationToken);
            return addresses.Length > 0
                ? [.. addresses.Select(address => new IPEndPoint(address, port))]
                : throw ImException.Unreachable($"{Host} has no address");
        }
        catch (SocketException failure)
        {
            throw ImException.Unreachable($"{Host} has no address", failure);
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");
}
