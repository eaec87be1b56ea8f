using System.Net;
using System.Net.Sockets;

namespace OmaIm.Stack.Transport;

/// <summary>The UDP socket: a receive loop on the thread pool, sends from the control loop.</summary>
internal sealed class UdpSocket : IDisposable
{
    private const int MaximumDatagram = 65_535;

    // Bursts of a thousand joins fit; the kernel caps it at net.core.rmem_max.
    private const int SocketBuffer = 4 * 1024 * 1024;

    private readonly SipTransport _transport;
    private readonly Socket _socket;
    private readonly CancellationTokenSource _stop = new();
    private Task _receiving = Task.CompletedTask;

    public UdpSocket(SipTransport transport, IPEndPoint local)
    {
        _transport = transport;
        _socket = new Socket(local.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
        {
            ReceiveBufferSize = SocketBuffer,
            SendBufferSize = SocketBuffer,
        };
        _socket.Bind(local);
        Local = (IPEndPoint)_socket.LocalEndPoint!;
    }

    public IPEndPoint Local { get; }

    public void Start() => _receiving = Task.Run(ReceiveAsync);

    public bool Send(ReadOnlySpan<byte> datagram, IPEndPoint remote)
    {
        try
        {
            _socket.SendTo(datagram, SocketFlags.None, remote);
            return true;
        }
        catch (SocketException)
        {
            // Too large, no route, no buffer: to UDP all of it is loss, which retransmission or a timeout answers.
            return false;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>The local address that packets to the remote one leave from, where the socket is bound to all of them.</summary>
    public IPEndPoint LocalFor(IPEndPoint remote)
    {
        if (!Local.Address.Equals(IPAddress.Any) && !Local.Address.Equals(IPAddress.IPv6Any))
        {
            return Local;
        }

        try
        {
            // Connecting a UDP socket only asks the routing table; nothing is sent.
            using var probe = new Socket(remote.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            probe.Connect(remote);
            return new IPEndPoint(((IPEndPoint)probe.LocalEndPoint!).Address, Local.Port);
        }
        catch (SocketException)
        {
            return Local;
        }
    }

    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _receiving;
    }

    public void Dispose()
    {
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var buffer = GC.AllocateUninitializedArray<byte>(MaximumDatagram, pinned: true);
        var source = new SocketAddress(Local.AddressFamily);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var length = await _socket.ReceiveFromAsync(buffer, SocketFlags.None, source, _stop.Token);
                Receive(buffer.AsSpan(0, length), Normalize((IPEndPoint)Local.Create(source)));
            }
            catch (SocketException)
            {
                // An ICMP error about an earlier packet of ours; the socket itself goes on.
                _transport.Statistics.CountSendFailure();
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }

    private void Receive(ReadOnlySpan<byte> datagram, IPEndPoint remote)
    {
        try
        {
            _transport.ReceiveDatagram(datagram, new UdpSipFlow(_transport, this, remote));
        }
        catch (Exception exception)
        {
            // A mistake of ours that this datagram found: it must not deafen us for the others.
            _transport.OnDatagramFailed(remote, exception);
        }
    }

    internal static IPEndPoint Normalize(IPEndPoint endpoint) =>
        endpoint.Address.IsIPv4MappedToIPv6 ? new IPEndPoint(endpoint.Address.MapToIPv4(), endpoint.Port) : endpoint;
}
