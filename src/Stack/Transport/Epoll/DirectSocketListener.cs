using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace OmaIm.Stack.Transport.Epoll;

/// <summary>Accepts TCP connections and hands them out with nothing attached to them yet.</summary>
internal sealed class DirectSocketListener : IConnectionListener
{
    private const int Backlog = 4096;

    /// <summary>Wait before the next accept when descriptors have run out: connections that end meanwhile free some.</summary>
    private static readonly TimeSpan TroublePause = TimeSpan.FromMilliseconds(100);

    private readonly Socket _listener;
    private volatile bool _isUnbound;
    private readonly SocketConnectionContextFactory _pipes = new(PipeMemory.Connections(), NullLogger.Instance);

    public DirectSocketListener(IPEndPoint endpoint)
    {
        _listener = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(endpoint);
            _listener.Listen(Backlog);
        }
        catch (SocketException exception)
        {
            _listener.Dispose();
            throw exception.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? new AddressInUseException(exception.Message, exception)
                : exception;
        }

        EndPoint = _listener.LocalEndPoint!;
    }

    public EndPoint EndPoint { get; }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var socket = await _listener.AcceptAsync(cancellationToken);
                socket.NoDelay = true;
                return new DirectSocketContext(socket, _pipes);
            }
            catch (Exception exception) when (_isUnbound && (exception is ObjectDisposedException or SocketException))
            {
                // Kestrel takes null for the end.
                return null;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.ConnectionReset)
            {
                // The peer was gone before it was accepted; there is nothing to hand out.
                continue;
            }
            catch (SocketException)
            {
                // No descriptor is left, or the kernel reports another passing trouble: the listener itself is as good as before.
                await Task.Delay(TroublePause, cancellationToken);
            }
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _isUnbound = true;
        _listener.Dispose();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _isUnbound = true;
        _listener.Dispose();
        _pipes.Dispose();
        return ValueTask.CompletedTask;
    }
}
