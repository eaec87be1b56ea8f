using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace OmaIm.Stack.Transport.Epoll;

/// <summary>
/// Accepts TCP connections on a thread of its own and hands out those whose first byte has come, with nothing attached to them yet. In all
/// protocols that it serves who connects speaks first; so strangers who come and go, or come and stay silent, never reach Kestrel.
/// </summary>
internal sealed class DirectSocketListener : IConnectionListener
{
    private const int Backlog = 4096;
    private const int ListenerSlot = 0;
    private const int FirstSlot = 1;

    /// <summary>Connections accepted, or closed, before others are looked at again. 64: some two milliseconds.</summary>
    private const int AtOnce = 64;

    /// <summary>Wait before the next accept when descriptors have run out: connections that end meanwhile free some.</summary>
    private static readonly TimeSpan TroublePause = TimeSpan.FromMilliseconds(100);

    private readonly Socket _listener;
    private readonly IConnectionGate? _gate;
    private readonly SocketConnectionContextFactory _pipes = new(PipeMemory.Connections(), NullLogger.Instance);
    private readonly Channel<DirectSocketContext> _spoken = Channel.CreateUnbounded<DirectSocketContext>(new() { SingleWriter = true });
    private readonly EpollSet _set = new();
    private readonly Doorstep _doorstep;
    private readonly SocketAddress _peer;
    private readonly Thread _thread;
    private volatile bool _isUnbound;
    private bool _isPaused;

    public DirectSocketListener(IPEndPoint endpoint, DirectSocketOptions options)
    {
        _gate = options.Gate;
        _doorstep = new Doorstep(_set, FirstSlot, TimeProvider.System, options.FirstByte);
        _listener = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
        try
        {
            if (endpoint.Address.Equals(IPAddress.IPv6Any))
            {
                // Both families, as with Kestrel's own sockets.
                _listener.DualMode = true;
            }

            _listener.Bind(endpoint);
            _listener.Listen(Backlog);
        }
        catch (SocketException exception)
        {
            _listener.Dispose();
            _set.Dispose();
            throw exception.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? new AddressInUseException(exception.Message, exception)
                : exception;
        }

        EndPoint = _listener.LocalEndPoint!;
        _peer = EndPoint.Serialize();
        _set.Add((int)_listener.Handle, ListenerSlot);
        _thread = new Thread(Run) { Name = "accept", IsBackground = true };
        _thread.Start();
    }

    public EndPoint EndPoint { get; }

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
        // Kestrel takes null for the end.
        await _spoken.Reader.WaitToReadAsync(cancellationToken) && _spoken.Reader.TryRead(out var connection) ? connection : null;

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        if (!_isUnbound)
        {
            _isUnbound = true;
            _set.Wake();
            _thread.Join();
            _listener.Dispose();
            _set.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await UnbindAsync();
        while (_spoken.Reader.TryRead(out var connection))
        {
            await connection.DisposeAsync();
        }

        _pipes.Dispose();
    }

    private void Run()
    {
        Exception? failure = null;
        try
        {
            while (!_isUnbound)
            {
                Serve();
            }
        }
        catch (Exception exception)
        {
            // Kestrel hears of it by the next accept, and says that this listener is no more; clients are refused instead of waiting for nothing.
            failure = exception;
            _listener.Dispose();
        }

        while (_doorstep.First is { } waiting)
        {
            Close(waiting);
        }

        _spoken.Writer.Complete(failure);
    }

    private void Serve()
    {
        var count = _set.Wait(_isPaused ? TroublePause : _doorstep.Patience);
        if (_isPaused)
        {
            Pause(false);
        }

        for (var index = 0; index < count; index++)
        {
            if (!_set.TryGet(index, out var slot, out _, out _))
            {
                continue;
            }

            if (slot == ListenerSlot)
            {
                Accept();
            }
            else if (_doorstep.At(slot) is { } waiting)
            {
                Look(waiting);
            }
        }

        for (var closed = 0; closed < AtOnce && _doorstep.Overdue() is { } overdue; closed++)
        {
            Close(overdue);
        }
    }

    private void Accept()
    {
        for (var accepted = 0; accepted < AtOnce; accepted++)
        {
            if (_gate is { HasRoom: false })
            {
                Pause(true);
                return;
            }

            if (TryAccept(out var descriptor, out var remote))
            {
                Welcome(descriptor, remote);
            }
            else if (Marshal.GetLastPInvokeError() is Libc.TryAgain)
            {
                return;
            }
            else if (Marshal.GetLastPInvokeError() is not (Libc.Interrupted or Libc.ConnectionAborted))
            {
                // No descriptor is left, or the kernel reports another passing trouble: the listener itself is as good as before.
                Pause(true);
                return;
            }
        }
    }

    private unsafe bool TryAccept(out int descriptor, out IPEndPoint remote)
    {
        fixed (byte* address = _peer.Buffer.Span)
        {
            var length = (uint)_peer.Buffer.Length;
            descriptor = Libc.Accept((int)_listener.Handle, address, &length, Libc.SocketCloseOnExec);
        }

        remote = descriptor >= 0 ? (IPEndPoint)EndPoint.Create(_peer) : null!;
        return descriptor >= 0;
    }

    // Many have gone, and most have spoken, before they are accepted: they need not be waited for.
    private void Welcome(int descriptor, IPEndPoint remote)
    {
        if (_gate is not null && !_gate.TryEnter(remote))
        {
            _ = Libc.Close(descriptor);
            return;
        }

        switch (Peek(descriptor))
        {
            case > 0:
                HandOut(descriptor, remote);
                break;
            case 0:
                _ = Libc.Close(descriptor);
                _gate?.Leave(remote, hasSpoken: false);
                break;
            default:
                Wait(descriptor, remote);
                break;
        }
    }

    private void Wait(int descriptor, IPEndPoint remote)
    {
        try
        {
            _doorstep.Add(descriptor, remote);
        }
        catch (IOException)
        {
            // The kernel watches no more descriptors (fs.epoll.max_user_watches), or has no memory for one: this one goes, the listener stays.
            _ = Libc.Close(descriptor);
            _gate?.Leave(remote, hasSpoken: false);
        }
    }

    private void Look(Doorstep.Waiting waiting)
    {
        switch (Peek(waiting.Descriptor))
        {
            case > 0:
                _doorstep.Remove(waiting);
                HandOut(waiting.Descriptor, waiting.Remote);
                break;
            case 0:
                Close(waiting);
                break;
        }
    }

    /// <summary>Above 0 when a byte has come, 0 when none will, below 0 when that is open.</summary>
    private static unsafe int Peek(int descriptor)
    {
        byte first;
        var received = (int)Libc.Receive(descriptor, &first, 1, Libc.DoNotWait | Libc.Peek);
        return received >= 0 || Marshal.GetLastPInvokeError() is Libc.TryAgain or Libc.Interrupted ? received : 0;
    }

    private void HandOut(int descriptor, IPEndPoint remote)
    {
        var handle = new SafeSocketHandle(descriptor, ownsHandle: true);
        try
        {
            var socket = new Socket(handle) { NoDelay = true };
            _ = _spoken.Writer.TryWrite(new DirectSocketContext(socket, _pipes, remote, () => _gate?.Leave(remote, hasSpoken: true)));
        }
        catch (SocketException)
        {
            // It broke meanwhile: what it said concerns nobody.
            handle.Dispose();
            _gate?.Leave(remote, hasSpoken: true);
        }
    }

    private void Close(Doorstep.Waiting waiting)
    {
        _doorstep.Remove(waiting);
        _ = Libc.Close(waiting.Descriptor);
        _gate?.Leave(waiting.Remote, hasSpoken: false);
    }

    private void Pause(bool pauses)
    {
        _isPaused = pauses;
        _set.Modify((int)_listener.Handle, ListenerSlot, reads: !pauses, writes: false);
    }
}
