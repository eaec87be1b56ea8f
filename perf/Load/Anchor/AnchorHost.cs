using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Transport.Epoll;
using OmaIm.Switch.Relay;

namespace OmaIm.Load.Anchor;

/// <summary>
/// The relay of one-to-one sessions without the SIP that sets them up: its sessions stand from the start. Beside it, at the next port, a plain
/// copy of bytes through Kestrel's sockets.
/// </summary>
internal sealed class AnchorHost : IRelayObserver, IAsyncDisposable
{
    private readonly MsrpLoop _loop = new();
    private readonly MsrpEndpoint _endpoint;
    private readonly int _port;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<IConnectionListener> _listeners = [];

    public AnchorHost(int port, int sessions)
    {
        _port = port;
        _endpoint = new MsrpEndpoint(_loop, new MsrpEndpointOptions { Port = port });
        for (var i = 0; i < sessions; i++)
        {
            var route = new RelayRoute(_endpoint, _endpoint, new RelayOptions(), this);
            foreach (var leg in (RelayLeg[])[route.First, route.Second])
            {
                leg.Session.RemotePath = PathOf(Paths.Count);
                Paths.Add(leg.Session.LocalPath);
            }
        }
    }

    /// <summary>The paths of all sessions: two for each, one behind the other.</summary>
    public List<string> Paths { get; } = [];

    /// <summary>The path of the client that has the session of this number.</summary>
    public static string PathOf(int number) => string.Create(CultureInfo.InvariantCulture, $"msrp://127.0.0.1:9/member{number};tcp");

    public async Task StartAsync()
    {
        _loop.Start();
        await ListenAsync(new DirectSocketListenerFactory(static _ => true), _port, new MsrpConnectionHandler(_endpoint));
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        await ListenAsync(sockets, _port + 1, new PlainCopy());
    }

    public void OnLegBound(RelayLeg leg, MsrpSession session)
    {
    }

    public void OnLegLost(RelayLeg leg, MsrpSession session, MsrpCloseReason reason) => leg.Route.Close();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        foreach (var listener in _listeners)
        {
            await listener.DisposeAsync();
        }

        _loop.Dispose();
        _endpoint.Dispose();
        _stop.Dispose();
    }

    private async Task ListenAsync(IConnectionListenerFactory transport, int port, ConnectionHandler handler)
    {
        var listener = await transport.BindAsync(new IPEndPoint(IPAddress.Loopback, port));
        _listeners.Add(listener);
        _ = AcceptAsync(listener, handler);
    }

    private async Task AcceptAsync(IConnectionListener listener, ConnectionHandler handler)
    {
        while (!_stop.IsCancellationRequested && await listener.AcceptAsync(CancellationToken.None) is { } connection)
        {
            _ = handler.OnConnectedAsync(connection);
        }
    }
}
