using System.Net;
using Microsoft.AspNetCore.Connections;

namespace OmaIm.Load.Anchor;

/// <summary>Listens on loopback and hands every connection to its handler.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly IConnectionListener _listener;
    private bool _isClosed;

    private Listener(IConnectionListener listener) => _listener = listener;

    public int Port => ((IPEndPoint)_listener.EndPoint).Port;

    /// <param name="port">0 for any free one.</param>
    public static async Task<Listener> StartAsync(IConnectionListenerFactory transport, int port, ConnectionHandler handler)
    {
        var listener = new Listener(await transport.BindAsync(new IPEndPoint(IPAddress.Loopback, port)));
        _ = listener.AcceptAsync(handler);
        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        await _listener.DisposeAsync();
    }

    private async Task AcceptAsync(ConnectionHandler handler)
    {
        while (!_isClosed && await _listener.AcceptAsync(CancellationToken.None) is { } connection)
        {
            _ = handler.OnConnectedAsync(connection);
        }
    }
}
