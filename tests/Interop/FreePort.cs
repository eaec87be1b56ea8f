using System.Net;
using System.Net.Sockets;

namespace OmaIm.Tests.Interop;

/// <summary>A port for programs that must be told theirs.</summary>
internal static class FreePort
{
    /// <summary>A port of loopback that is free for TCP and UDP at this moment.</summary>
    public static int Find()
    {
        using var tcp = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        tcp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)tcp.LocalEndPoint!).Port;
    }
}
