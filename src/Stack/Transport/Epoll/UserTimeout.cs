using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace OmaIm.Stack.Transport.Epoll;

/// <summary>
/// How long the kernel keeps what a peer does not take (TCP_USER_TIMEOUT, RFC 5482). It takes megabytes for a peer before anybody above it
/// notices, and would hold them for as long as the peer says that it is alive. Elsewhere than on Linux nothing happens.
/// </summary>
internal static class UserTimeout
{
    public static void Set(Socket socket, TimeSpan age)
    {
        if (OperatingSystem.IsLinux())
        {
            var milliseconds = (int)age.TotalMilliseconds;
            socket.SetRawSocketOption(Libc.Tcp, Libc.TcpUserTimeout, MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in milliseconds)));
        }
    }
}
