using System.Net;
using System.Net.Sockets;
using OmaIm.Stack.Msrp;

namespace OmaIm.Client.Sessions;

/// <summary>A port where peers connect to this side, so that a session needs no server between its two clients (OMA IM-4).</summary>
internal sealed class MsrpListener : IDisposable
{
    /// <summary>Connections at one time: each session needs one. A stranger's is closed by the loop's limits within seconds.</summary>
    private const int MaximumConnections = 256;

    /// <summary>How long to wait when a connection cannot be accepted, for want of descriptors for one. 100 ms: it does not get better at once.</summary>
    private static readonly TimeSpan RetryTime = TimeSpan.FromMilliseconds(100);

    private readonly Socket _socket;
    private readonly TimeProvider _time;
    private readonly Func<CancellationToken, ValueTask<Socket>> _accept;
    private readonly CancellationTokenSource _stopping = new();
    private int _connections;

    /// <param name="loop">Whose connections they are.</param>
    /// <param name="local">Where to listen.</param>
    /// <param name="time">The clock.</param>
    /// <param name="accept">Accepts the next connection; null: the socket does.</param>
    /// <exception cref="SocketException">The address is not this machine's.</exception>
    public MsrpListener(MsrpLoop loop, IPAddress local, TimeProvider time, Func<Socket, CancellationToken, ValueTask<Socket>>? accept = null)
    {
        _time = time;
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

        _accept = cancellationToken => accept is null ? _socket.AcceptAsync(cancellationToken) : accept(_socket, cancellationToken);
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
                _ = ServeAsync(await _accept(_stopping.Token).ConfigureAwait(false));
            }
            catch (SocketException failure) when (failure.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset)
            {
                // A peer that changed its mind: the next one may not.
            }
            catch (SocketException)
            {
                await WaitAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task WaitAsync()
    {
        using var retry = new PeriodicTimer(RetryTime, _time);
        try
        {
            await retry.WaitForNextTickAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The listener has ended.
        }
    }

    private async Task ServeAsync(Socket accepted)
    {
        try
        {
            if (Interlocked.Increment(ref _connections) > MaximumConnections)
            {
                accepted.Dispose();
                return;
            }

            accepted.NoDelay = true;
            await Endpoint.RunAsync(accepted).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is SocketException or IOException or ObjectDisposedException)
        {
            accepted.Dispose(); // it was gone before it began
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }
}
