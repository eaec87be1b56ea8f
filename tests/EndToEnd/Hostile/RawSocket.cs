using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using OmaIm.Client;
using Xunit;

namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>A TCP connection on which a test writes what it likes; text is one character for each byte.</summary>
public sealed class RawSocket : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly StringBuilder _received = new();
    private Stream _stream = Stream.Null;

    /// <summary>What has come and not been taken.</summary>
    public string Received => _received.ToString();

    /// <param name="server">Where to.</param>
    /// <param name="receiveBuffer">Bytes that the kernel keeps for this side; null for its own choice.</param>
    /// <param name="tls">Secures the connection; null leaves it plain.</param>
    public static async Task<RawSocket> ConnectAsync(IPEndPoint server, int? receiveBuffer = null, MsrpTlsOptions? tls = null)
    {
        var socket = new RawSocket();
        if (receiveBuffer is { } bytes)
        {
            socket._socket.ReceiveBufferSize = bytes;
        }

        await socket._socket.ConnectAsync(server);
        socket._stream = new NetworkStream(socket._socket, ownsSocket: true);
        if (tls is not null)
        {
            var secured = new SslStream(socket._stream);
            socket._stream = secured;
            await secured.AuthenticateAsClientAsync(tls.Expect(server.Address.ToString()));
        }

        return socket;
    }

    /// <summary>Sends all of it, or as much as the peer takes before it closes.</summary>
    public async Task SendAsync(string text)
    {
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            await _stream.WriteAsync(Encoding.Latin1.GetBytes(text), timeout.Token);
        }
        catch (IOException)
        {
            // Closed in the middle of it; whether that was right, the reader sees.
            return;
        }
    }

    /// <summary>Whether the peer, or what lies between, broke the connection instead of ending it.</summary>
    public bool WasReset { get; private set; }

    /// <summary>Sends nothing more; what comes is still read.</summary>
    public async Task EndSendingAsync()
    {
        if (_stream is SslStream secured)
        {
            await secured.ShutdownAsync();
        }

        _socket.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Reads until the text holds <paramref name="mark"/>; false when the peer closes first.</summary>
    public async Task<bool> ReadToAsync(string mark)
    {
        var from = 0;
        while (!_received.ToString(from, _received.Length - from).Contains(mark, StringComparison.Ordinal))
        {
            from = Math.Max(0, _received.Length - mark.Length);
            if (!await ReadSomeAsync())
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Reads to the end of the answer to an MSRP request, which must be 200.</summary>
    public async Task Expect200Async(string transactionId)
    {
        Assert.True(await ReadToAsync($"-------{transactionId}$"), Received);
        Assert.Contains($"MSRP {transactionId} 200 ", Received, StringComparison.Ordinal);
    }

    /// <summary>Reads whatever comes next; false when the peer has closed.</summary>
    public Task<bool> ReadMoreAsync() => ReadSomeAsync();

    /// <summary>Takes what has been dealt with.</summary>
    public void Take(int length) => _received.Remove(0, length);

    /// <summary>Reads until the peer closes.</summary>
    public async Task ReadToEndAsync()
    {
        while (await ReadSomeAsync())
        {
        }
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private async Task<bool> ReadSomeAsync()
    {
        var buffer = new byte[16 * 1024];
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            var length = await _stream.ReadAsync(buffer, timeout.Token);
            _received.Append(Encoding.Latin1.GetString(buffer, 0, length));
            return length > 0;
        }
        catch (IOException)
        {
            WasReset = true;
            return false;
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Nothing more came behind: {Received}");
        }
    }
}
