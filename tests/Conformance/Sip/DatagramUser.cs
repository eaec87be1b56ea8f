using System.Net;
using System.Net.Sockets;
using System.Text;
using OmaIm.Tests.Support.Wire;

namespace OmaIm.Tests.Conformance.Sip;

/// <summary>A UDP socket that says what a test tells it to.</summary>
internal sealed class DatagramUser : IDisposable
{
    private readonly UdpClient _socket;

    public DatagramUser(IPEndPoint server)
    {
        _socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        _socket.Connect(server);
    }

    public IPEndPoint Local => (IPEndPoint)_socket.Client.LocalEndPoint!;

    public Task SendAsync(string text) => _socket.SendAsync(Encoding.Latin1.GetBytes(text)).AsTask();

    /// <summary>The next datagram that is a whole message.</summary>
    public async Task<SipText> NextAsync()
    {
        using var patience = new CancellationTokenSource(WireUser.Patience);
        var datagram = await _socket.ReceiveAsync(patience.Token);
        return SipText.Read(Encoding.Latin1.GetString(datagram.Buffer), out _)!;
    }

    public void Dispose() => _socket.Dispose();
}
