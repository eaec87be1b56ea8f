using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using OmaIm.Client;

namespace OmaIm.Load.Wire;

/// <summary>
/// Takes the driver's plain connections and carries each on to the server over TLS, so that the driver's own loop stays what it is. What
/// that costs, it costs the driver.
/// </summary>
internal sealed class TlsRelay : IDisposable
{
    private const int PieceBytes = 16 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly (string Host, int Port) _server;
    private readonly MsrpTlsOptions _tls;

    public TlsRelay(string host, int port, MsrpTlsOptions tls)
    {
        (_server, _tls) = ((host, port), tls);
        _listener.Start(backlog: 1024);
        _ = AcceptAsync();
    }

    /// <summary>Where to connect instead of the server.</summary>
    public IPEndPoint Entry => (IPEndPoint)_listener.LocalEndpoint;

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await _listener.AcceptSocketAsync());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The run is over.
            return;
        }
    }

    private async Task CarryAsync(Socket accepted)
    {
        accepted.NoDelay = true;
        using var outer = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await using var member = new NetworkStream(accepted, ownsSocket: true);
        try
        {
            await outer.ConnectAsync(_server.Host, _server.Port);
            await using var server = new SslStream(new NetworkStream(outer, ownsSocket: false));
            await server.AuthenticateAsClientAsync(_tls.Expect(_server.Host));

            // Whichever way ends first ends both: the driver sees a lost member, as over TCP.
            await await Task.WhenAny(member.CopyToAsync(server, PieceBytes), server.CopyToAsync(member, PieceBytes));
        }
        catch (Exception exception) when (exception is IOException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            await Console.Error.WriteLineAsync("TLS relay: " + exception.Message);
        }
    }
}
