using System.Net;
using System.Net.Sockets;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;

namespace OmaIm.Client.Signalling;

/// <summary>
/// SIP from one local address: the sockets, transactions and dialogs that all clients of a runtime share. A request that belongs to no
/// dialog finds its client by the user part of its Request-URI, which is the client's contact.
/// </summary>
internal sealed class SipStack : IAsyncDisposable
{
    /// <summary>
    /// INVITEs and REGISTERs under way at once: enough to keep a server busy, few enough that a thousand clients who join together overflow
    /// neither its UDP buffer nor a connection's queue.
    /// </summary>
    private const int RequestsAtATime = 100;

    /// <summary>What may wait for a server that reads slowly: a BYE of each of some ten thousand clients on one connection.</summary>
    private const int WriteQueueBytes = 8 * 1024 * 1024;

    private static readonly byte[] KeepAlive = "\r\n\r\n"u8.ToArray();

    /// <summary>How long the answer to a keep-alive may take (RFC 5626 section 4.4.1).</summary>
    private static readonly TimeSpan PongTime = TimeSpan.FromSeconds(10);

    private readonly ControlLoop _loop;
    private readonly TimeSpan _keepAliveInterval;
    private readonly Func<SipProtocol, IPEndPoint, CancellationToken, Task<SipFlow>> _connect;
    private readonly Dictionary<string, UserAgent> _agents = new(StringComparer.Ordinal);
    private readonly HashSet<SipFlow> _pinged = [];
    private readonly SemaphoreSlim _turns = new(RequestsAtATime);

    /// <param name="loop">The control loop.</param>
    /// <param name="transport">The sockets.</param>
    /// <param name="transactions">The transactions over them.</param>
    /// <param name="keepAlive">How often a connection is pinged.</param>
    /// <param name="connect">Makes a flow to a server.</param>
    public SipStack(
        ControlLoop loop,
        SipTransport transport,
        TransactionLayer transactions,
        TimeSpan keepAlive,
        Func<SipProtocol, IPEndPoint, CancellationToken, Task<SipFlow>> connect)
    {
        _loop = loop;
        _keepAliveInterval = keepAlive;
        _connect = connect;
        Transport = transport;
        Transactions = transactions;
        Dialogs = new DialogLayer(transactions);
        Dialogs.OutOfDialogRequest += Dispatch;
        Transport.FlowClosed += OnFlowClosed;
    }

    public SipTransport Transport { get; }

    public TransactionLayer Transactions { get; }

    public DialogLayer Dialogs { get; }

    /// <summary>The local address that packets to <paramref name="remote"/> carry, asked of the routing table; nothing is sent.</summary>
    public static IPAddress LocalAddressTowards(IPEndPoint remote)
    {
        using var probe = new Socket(remote.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            probe.Connect(remote);
        }
        catch (SocketException failure)
        {
            throw ImException.Unreachable($"no route to {remote.Address}", failure);
        }

        return ((IPEndPoint)probe.LocalEndPoint!).Address;
    }

    /// <summary>Opens the sockets of one local address.</summary>
    public static async Task<SipStack> OpenAsync(ControlLoop loop, ImRuntimeOptions options, IPAddress local)
    {
        var transport = new SipTransport(loop, new SipTransportOptions { WriteQueueBytes = WriteQueueBytes }, options.Loggers);
        try
        {
            await transport.BindUdpAsync(new IPEndPoint(local, 0));
        }
        catch (SocketException failure)
        {
            throw ImException.Unreachable($"no socket on {local}", failure);
        }

        return new SipStack(
            loop,
            transport,
            new TransactionLayer(loop, transport, options.SipTimers),
            options.KeepAlive,
            (protocol, server, cancellationToken) => protocol == SipProtocol.Udp
                ? Task.FromResult(transport.UdpFlow(server))
                : transport.ConnectTcpAsync(server, cancellationToken));
    }

    /// <summary>The flow to a server. On the loop.</summary>
    public async Task<SipFlow> ConnectAsync(SipProtocol protocol, IPEndPoint server, CancellationToken cancellationToken)
    {
        try
        {
            var flow = await _connect(protocol, server, cancellationToken);
            if (flow.IsReliable)
            {
                KeepAliveFrom(flow);
            }

            return flow;
        }
        catch (Exception failure) when (failure is SocketException or IOException || IsTimeout(failure, cancellationToken))
        {
            throw ImException.Unreachable($"no connection to {server}", failure);
        }
    }

    /// <summary>Waits for the turn of a request; disposing the result gives the turn on, once.</summary>
    public async Task<IDisposable> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        return new Turn(_turns);
    }

    public void Attach(UserAgent agent) => _agents.Add(agent.ContactUser, agent);

    public void Detach(UserAgent agent) => _agents.Remove(agent.ContactUser);

    public async ValueTask DisposeAsync()
    {
        await Transport.DisposeAsync().ConfigureAwait(false);
        _turns.Dispose();
    }

    private static bool IsTimeout(Exception failure, CancellationToken cancellationToken) =>
        failure is OperationCanceledException && !cancellationToken.IsCancellationRequested;

    private void Dispatch(ServerTransaction transaction)
    {
        if (transaction.Request.RequestUri.User is { } user && _agents.TryGetValue(user, out var agent))
        {
            agent.OnRequest(transaction);
        }
        else
        {
            transaction.Respond(404);
        }
    }

    private void OnFlowClosed(SipFlow flow)
    {
        foreach (var agent in _agents.Values.Where(agent => flow.Equals(agent.Flow)).ToArray())
        {
            agent.OnFlowClosed();
        }
    }

    /// <summary>
    /// RFC 5626 section 4.4.1: a double CRLF keeps a connection alive that carries nothing else, and a connection on which it is not answered has
    /// failed. A server that has never answered one is none that knows them; to it they are the empty lines of RFC 3261 section 7.5.
    /// </summary>
    private void KeepAliveFrom(SipFlow flow)
    {
        if (!_pinged.Add(flow))
        {
            return;
        }

        _loop.Schedule(_keepAliveInterval, Ping);

        void Ping()
        {
            if (!flow.IsOpen)
            {
                _pinged.Remove(flow);
                return;
            }

            var answered = flow.Pongs;
            flow.Send(KeepAlive);
            _loop.Schedule(PongTime, () => CloseUnlessAnswered(answered));
            _loop.Schedule(_keepAliveInterval, Ping);
        }

        void CloseUnlessAnswered(long answered)
        {
            if (answered > 0 && flow.Pongs == answered)
            {
                flow.Close("the server does not answer keep-alives");
            }
        }
    }

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            if (!_isOver)
            {
                _isOver = true;
                turns.Release();
            }
        }
    }
}
