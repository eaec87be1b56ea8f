using System.IO.Pipelines;
using System.Net.Security;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace OmaIm.Stack.Transport;

/// <summary>A connection that this side has made and secured by TLS, with pipes over it as Kestrel's connections have them.</summary>
internal sealed class TlsClientConnection : ConnectionContext
{
    /// <summary>The handshake of a live server takes some round trips. 10 s, as Kestrel gives its clients.</summary>
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(10);

    private readonly Socket _socket;
    private readonly SslStream _stream;
    private readonly CancellationTokenSource _closed = new();

    private TlsClientConnection(Socket socket, SslStream stream)
    {
        _socket = socket;
        _stream = stream;
        LocalEndPoint = socket.LocalEndPoint;
        RemoteEndPoint = socket.RemoteEndPoint;
        ConnectionClosed = _closed.Token;
        Transport = TlsPipes.Over(stream);
    }

    public override string ConnectionId { get; set; } = Protocols.Text.RandomToken.Create(64);

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new ConnectionItems();

    public override IDuplexPipe Transport { get; set; }

    /// <summary>Greets the server over a connected socket and checks who it is; the socket belongs to the connection, or is closed.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The server is not whom the options expect.</exception>
    /// <exception cref="IOException">It ended the connection, or does not answer.</exception>
    public static async Task<TlsClientConnection> OpenAsync(Socket socket, SslClientAuthenticationOptions options, CancellationToken cancellation)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(HandshakeTimeout);
        try
        {
            await stream.AuthenticateAsClientAsync(options, timeout.Token).ConfigureAwait(false);
            return new TlsClientConnection(socket, stream);
        }
        catch (OperationCanceledException late) when (!cancellation.IsCancellationRequested)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw new IOException("no TLS handshake within " + HandshakeTimeout, late);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public override void Abort(ConnectionAbortedException abortReason) => _socket.Close(timeout: 0);

    public override async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync().ConfigureAwait(false);
        await _closed.CancelAsync().ConfigureAwait(false);
        _closed.Dispose();
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
