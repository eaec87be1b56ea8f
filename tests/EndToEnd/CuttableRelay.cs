using System.Net;
using System.Net.Sockets;

namespace OmaIm.Tests.EndToEnd;

/// <summary>Passes TCP connections on to a server until they are cut: the network between both.</summary>
internal sealed class CuttableRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _server;
    private readonly List<Socket> _connections = [];

    public CuttableRelay(IPEndPoint server)
    {
        _server = server;
        _listener.Start();
        _ = AcceptAsync();
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>Resets all connections of this moment; new ones are welcome.</summary>
    public void Cut()
    {
        lock (_connections)
        {
            foreach (var connection in _connections)
            {
                connection.Close(timeout: 0);
            }

            _connections.Clear();
        }
    }

    public void Dispose()
    {
        _listener.Stop();
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync();
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                await server.ConnectAsync(_server);
                lock (_connections)
                {
                    _connections.AddRange([client, server]);
                }

                _ = PassAsync(client, server);
                _ = PassAsync(server, client);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // The relay is disposed.
        }
    }

    private static async Task PassAsync(Socket from, Socket to)
    {
        try
        {
            await using var source = new NetworkStream(from);
            await using var destination = new NetworkStream(to);
            await source.CopyToAsync(destination);
        }
        catch (Exception cut) when (cut is IOException or ObjectDisposedException)
        {
            // Cut on purpose, or closed by one side; the other one hears of it either way.
        }

        from.Dispose();
        to.Dispose();
    }
}
