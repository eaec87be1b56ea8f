using System.Net;
using System.Net.Sockets;
using OmaIm.Stack.Msrp;

namespace OmaIm.Client.Sessions;

/// <summary>A port where peers connect to this side, so that a session needs no server between its two clients (OMA IM-4).</summary>
internal sealed class MsrpListener : IDisposable
{
    /// <summary>Connections at one time: each session needs one. A stranger's is closed by the loop's limits within seconds.</summary>
    private const int MaximumConnections = 256;

    private readonly Socket _socket;
    private readonly CancellationTokenSource _stopping = new();
    private int _connections;

    /// <exception cref="SocketException">The address is not this machine's.</exception>
    public MsrpListener(MsrpLoop loop, IPAddress local)
    {
        _socket = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _socket.Bind(new IPEndPoint(local, 0));
            _socket.Listen();
        }
        catch
        {
            _socket.Dispose();
            throw;
        }

        Endpoint = new MsrpEndpoint(loop, new MsrpEndpointOptions { Host = HostOf(local), Port = ((IPEndPoint)_socket.LocalEndPoint!).Port });
        _ = AcceptAsync();
    }

    public MsrpEndpoint Endpoint { get; }

    /// <summary>An address as it stands in a URI.</summary>
    public static string HostOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    public void Dispose()
    {
        _stopping.Cancel();
        _socket.Dispose();
        Endpoint.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _socket.AcceptAsync(_stopping.Token).ConfigureAwait(false));
            }
            catch (SocketException failure) when (failure.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset)
            {
                // A peer that changed its mind: the next one may not.
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket accepted)
    {
        if (Interlocked.Increment(ref _connections) > MaximumConnections)
        {
            accepted.Dispose();
        }
        else
        {
            accepted.NoDelay = true;
            await Endpoint.RunAsync(accepted).ConfigureAwait(false);
        }

        Interlocked.Decrement(ref _connections);
    }
}
