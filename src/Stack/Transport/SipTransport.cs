using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Timing;

namespace OmaIm.Stack.Transport;

/// <summary>
/// Sockets and connections on one side, whole and sane SIP messages on the control loop on the other. Reading threads parse and check;
/// what is malformed is answered or dropped here and counted by its <see cref="SipRejection"/>.
/// </summary>
public sealed partial class SipTransport : IAsyncDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(1);

    private readonly ControlLoop _loop;
    private readonly ILogger _logger;
    private readonly long _origin;
    private readonly ConnectionTable _connections;
    private readonly Dictionary<IPEndPoint, Task<SipFlow>> _connecting = [];
    private readonly SocketConnectionContextFactory _sockets;
    private readonly LoopTimer _sweep;
    private UdpSocket? _udp;

    public SipTransport(ControlLoop loop, SipTransportOptions options, ILoggerFactory loggers)
    {
        _loop = loop;
        Options = options;
        _logger = loggers.CreateLogger<SipTransport>();
        _origin = loop.Time.GetTimestamp();
        _connections = new ConnectionTable(options);
        _sockets = new SocketConnectionContextFactory(PipeMemory.Connections(), _logger);
        _sweep = loop.CreateTimer(Sweep);
    }

    /// <summary>A message that passed <see cref="SipSanity"/>, on the loop: From, To, Call-ID, CSeq and Via are there and well formed.</summary>
    public event Action<SipMessage, SipFlow>? MessageReceived;

    /// <summary>A connection ended, or was closing when another to the same address took its place; once, on the loop.</summary>
    public event Action<SipFlow>? FlowClosed;

    public SipTransportOptions Options { get; }

    public SipTransportStatistics Statistics { get; } = new();

    /// <summary>Connections that have not ended; for the loop.</summary>
    public int ConnectionCount => _connections.Count;

    /// <summary>Time since the transport was made, in <see cref="TimeSpan"/> ticks.</summary>
    internal long Now => _loop.Time.GetElapsedTime(_origin).Ticks;

    /// <summary>Opens the UDP socket (port 0: a free one) and returns where it listens.</summary>
    public Task<IPEndPoint> BindUdpAsync(IPEndPoint local)
    {
        if (_udp is not null)
        {
            throw new InvalidOperationException("The UDP socket is open already.");
        }

        _udp = new UdpSocket(this, local);
        _udp.Start();
        return Task.FromResult(_udp.Local);
    }

    /// <summary>The flow from the UDP socket to a remote address.</summary>
    public SipFlow UdpFlow(IPEndPoint remote) =>
        new UdpSipFlow(this, _udp ?? throw new InvalidOperationException("The UDP socket is not open."), UdpSocket.Normalize(remote));

    /// <summary>An open connection to the address, or a new one. From any thread.</summary>
    /// <exception cref="SocketException">The peer refuses or cannot be reached.</exception>
    /// <exception cref="OperationCanceledException">It took longer than <see cref="SipTransportOptions.ConnectTimeout"/>, or the caller gave up.</exception>
    public Task<SipFlow> ConnectTcpAsync(IPEndPoint remote, CancellationToken cancellationToken = default)
    {
        var connect = _loop.IsCurrent ? FindOrConnect(remote) : _loop.InvokeAsync(() => FindOrConnect(remote)).Unwrap();
        return connect.WaitAsync(cancellationToken);
    }

    /// <summary>An open connection to the remote address, if there is one; for UDP the flow. For the loop.</summary>
    public SipFlow? FindFlow(SipProtocol protocol, IPEndPoint remote) => protocol == SipProtocol.Udp
        ? _udp is null ? null : UdpFlow(remote)
        : _connections.Find(protocol, remote);

    /// <summary>Takes a datagram from a flow: the UDP socket's, or one that lives elsewhere. From any thread.</summary>
    public void ReceiveDatagram(ReadOnlySpan<byte> datagram, SipFlow flow)
    {
        SipReader.ReadDatagram(datagram, Options.Limits, out var message, out var rejection);
        if (message is null && rejection == SipRejection.None)
        {
            Statistics.CountKeepAlive();
        }
        else if (!_loop.TryPost(Deliver, ReceivedMessage.Create(message, rejection, flow, datagram.Length)))
        {
            Statistics.CountQueueFull();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_loop.IsRunning)
        {
            await _loop.InvokeAsync(() => _connections.AbortAll("the transport closes"));
        }

        if (_udp is not null)
        {
            await _udp.StopAsync();
            _udp.Dispose();
        }

        _sockets.Dispose();
    }

    internal void OnDatagramFailed(IPEndPoint remote, Exception exception) => LogDatagramFailed(_logger, remote, exception);

    /// <summary>Serves a connection until it ends.</summary>
    internal async Task RunAsync(ConnectionContext connection, SipProtocol protocol)
    {
        var flow = new StreamSipFlow(this, connection, protocol, isAccepted: true);
        if (await TryRegisterAsync(flow))
        {
            await RunAsync(flow);
        }
        else
        {
            connection.Abort(new ConnectionAbortedException("connection limit"));
        }
    }

    /// <summary>Hands messages to the loop and waits until it has taken them.</summary>
    internal Task DeliverAsync(List<ReceivedMessage> batch) => _loop.InvokeAsync(() =>
    {
        foreach (var received in batch)
        {
            Deliver(received);
        }
    });

    private async Task<SipFlow> ConnectAsync(IPEndPoint remote)
    {
        var socket = new Socket(remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        StreamSipFlow flow;
        try
        {
            using var timeout = new CancellationTokenSource(Options.ConnectTimeout, _loop.Time);
            await socket.ConnectAsync(remote, timeout.Token);
            flow = new StreamSipFlow(this, _sockets.Create(socket), SipProtocol.Tcp, isAccepted: false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        finally
        {
            _connecting.Remove(remote);
        }

        if (!Register(flow))
        {
            flow.Abort("connection limit");
            throw new SocketException((int)SocketError.TooManyOpenSockets);
        }

        _ = Task.Run(() => RunAsync(flow), CancellationToken.None); // reading is not the loop's work
        return flow;
    }

    private Task<SipFlow> FindOrConnect(IPEndPoint remote)
    {
        if (_connections.Find(SipProtocol.Tcp, remote) is { } open)
        {
            return Task.FromResult<SipFlow>(open);
        }

        if (!_connecting.TryGetValue(remote, out var connecting))
        {
            connecting = ConnectAsync(remote);
            if (!connecting.IsCompleted)
            {
                _connecting[remote] = connecting;
            }
        }

        return connecting;
    }

    private async Task<bool> TryRegisterAsync(StreamSipFlow flow)
    {
        try
        {
            return await _loop.InvokeAsync(() => Register(flow));
        }
        catch (ObjectDisposedException)
        {
            return false; // it came while we are stopping
        }
    }

    private async Task RunAsync(StreamSipFlow flow)
    {
        try
        {
            await flow.RunAsync();
        }
        catch (Exception exception)
        {
            LogConnectionFailed(_logger, flow.Remote, exception);
        }

        _loop.Post(Unregister, flow);
    }

    private bool Register(StreamSipFlow flow)
    {
        if (!_connections.TryAdd(flow, out var replaced))
        {
            Statistics.CountRefused();
            LogConnectionRefused(_logger, flow.Remote);
            return false;
        }

        Statistics.CountAccepted();
        if (!_sweep.IsArmed)
        {
            _sweep.Restart(SweepInterval);
        }

        // Now: once its users have another flow to the address, they would not know what this means.
        if (replaced is not null)
        {
            TellReplaced(replaced);
        }

        return true;
    }

    // Whoever hears of it may fail; the new connection has nothing to do with that.
    private void TellReplaced(StreamSipFlow flow)
    {
        try
        {
            FlowClosed?.Invoke(flow);
        }
        catch (Exception exception)
        {
            LogConnectionFailed(_logger, flow.Remote, exception);
        }
    }

    private void Unregister(StreamSipFlow flow)
    {
        var isHeardOf = !_connections.Remove(flow);
        Statistics.CountClosed();
        LogConnectionClosed(_logger, flow.Remote, flow.CloseReason);
        if (!isHeardOf)
        {
            FlowClosed?.Invoke(flow);
        }
    }

    private void Sweep()
    {
        _connections.AbortOverdue();
        if (_connections.Count > 0)
        {
            _sweep.Restart(SweepInterval);
        }
    }

    private void Deliver(ReceivedMessage received)
    {
        if (received.Rejection != SipRejection.None)
        {
            Statistics.CountRejection(received.Rejection);
            LogRejected(_logger, received.Flow.Remote, received.Rejection);
            if (!TryAnswer(received))
            {
                Statistics.CountUnansweredRejection();
            }
        }
        else
        {
            Statistics.CountReceived();
            MessageReceived?.Invoke(received.Message!, received.Flow);
        }
    }

    /// <summary>
    /// Answers a malformed request, statelessly (RFC 3261 section 8.2.7). Over UDP the source may be forged: one packet out for one in,
    /// and never much larger, so that nobody is worth attacking through us.
    /// </summary>
    private static bool TryAnswer(ReceivedMessage received)
    {
        if (received.Message is not { IsRequest: true } request || request.Method == SipMethod.Ack)
        {
            return false;
        }

        // A connection leads back without a Via that can be read, a datagram's source does not: it may be forged.
        if (request.Via is null && !(received.Flow.IsReliable && request.Headers.Contains(SipHeaderId.Via)))
        {
            return false;
        }

        var answer = SipMessage.CreateResponse(request, SipRejections.StatusCode(received.Rejection), SipRejections.Phrase(received.Rejection));
        StatelessTag.AddTo(answer, request);
        var response = answer.ToArray();
        if (!received.Flow.IsReliable && response.Length > received.Length * 3 / 2)
        {
            return false;
        }

        ResponseFlow(request, received.Flow).Send(response);
        return true;
    }

    /// <summary>Where responses to the request go (RFC 3261 section 18.2.2, RFC 3581 section 4).</summary>
    internal static SipFlow ResponseFlow(SipMessage request, SipFlow flow) => flow is UdpSipFlow udp && request.Via is { } via
        ? udp.To(ViaStamp.ResponseTarget(via, flow.Remote))
        : flow;
}
