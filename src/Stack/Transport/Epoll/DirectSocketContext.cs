using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace OmaIm.Stack.Transport.Epoll;

/// <summary>
/// An accepted connection whose first byte has come and nothing of which has been read. It becomes either a pair of Kestrel's pipes, when somebody asks for them,
/// or a socket, when its handler takes it.
/// </summary>
internal sealed class DirectSocketContext : ConnectionContext, IConnectionIdFeature, IConnectionItemsFeature, IConnectionTransportFeature,
    IConnectionEndPointFeature, IConnectionLifetimeFeature
{
    private readonly Socket _socket;
    private readonly SocketConnectionContextFactory _factory;
    private readonly Action? _left;
    private readonly CancellationTokenSource _closed = new();
    private ConnectionContext? _piped;
    private Action? _aborted;
    private IDuplexPipe? _transport;
    private string? _connectionId;
    private IDictionary<object, object?>? _items;
    private bool _isDisposed;

    /// <param name="socket">The connection.</param>
    /// <param name="factory">Makes pipes of it.</param>
    /// <param name="remote">Its peer; null: as the socket says.</param>
    /// <param name="left">Called once when it is closed.</param>
    public DirectSocketContext(Socket socket, SocketConnectionContextFactory factory, IPEndPoint? remote = null, Action? left = null)
    {
        _left = left;
        _socket = socket;
        _factory = factory;
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = remote ?? socket.RemoteEndPoint;
        ConnectionClosed = _closed.Token;
        Features = new ConnectionFeatures(this);
    }

    public override string ConnectionId
    {
        get => _connectionId ??= Protocols.Text.RandomToken.Create(64);
        set => _connectionId = value;
    }

    public override IFeatureCollection Features { get; }

    public override IDictionary<object, object?> Items
    {
        get => _items ??= new ConnectionItems();
        set => _items = value;
    }

    /// <summary>Kestrel's pipes over the socket: asking for them settles that bytes come that way.</summary>
    public override IDuplexPipe Transport
    {
        get => _transport ??= (_piped = _factory.Create(_socket)).Transport;
        set => _transport = value;
    }

    /// <summary>The socket itself, unless its bytes already go through pipes. From then on its taker alone closes it.</summary>
    /// <param name="aborted">Called when the server gives the connection up.</param>
    public bool TryTakeSocket(Action aborted, [NotNullWhen(true)] out Socket? socket)
    {
        socket = _transport is null ? _socket : null;
        _aborted = socket is null ? null : aborted;
        return socket is not null;
    }

    public override void Abort(ConnectionAbortedException abortReason)
    {
        if (_aborted is not null)
        {
            _aborted();
        }
        else if (_piped is not null)
        {
            _piped.Abort(abortReason);
        }
        else
        {
            _socket.Close(timeout: 0);
        }
    }

    /// <summary>Twice does no harm: the handler gives the connection back, and Kestrel disposes it again before it forgets it.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (_piped is not null)
        {
            await _piped.DisposeAsync();
        }

        _socket.Dispose();
        _left?.Invoke();
        await _closed.CancelAsync();
        _closed.Dispose();
        await base.DisposeAsync();
    }
}
