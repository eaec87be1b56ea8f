using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using OmaIm.Client.Sessions;
using OmaIm.Client.Signalling;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Timing;

namespace OmaIm.Client;

/// <summary>
/// The threads and sockets of any number of clients: one control loop for SIP, one loop for MSRP. A thousand clients in one process cost
/// two threads, and share one connection for SIP to each server.
/// </summary>
public sealed class ImRuntime : IAsyncDisposable
{
    private readonly ImRuntimeOptions _options;
    private readonly Dictionary<IPAddress, Task<SipStack>> _stacks = [];
    private readonly Dictionary<(IPAddress Local, bool IsSecure), MsrpEndpoint> _endpoints = [];
    private readonly Dictionary<IPAddress, MsrpListener> _listeners = [];
    private readonly MsrpLoop _msrpLoop;
    private readonly CancellationTokenSource _stopping = new();

    private ImRuntime(ImRuntimeOptions options)
    {
        _options = options;
        Loop = new ControlLoop(options.Time, options.Loggers.CreateLogger<ControlLoop>());
        _msrpLoop = new MsrpLoop(time: options.Time, logger: options.Loggers.CreateLogger<MsrpLoop>());
    }

    internal ControlLoop Loop { get; }

    /// <summary>Message-IDs of what is sent in one-to-one sessions; for the control loop.</summary>
    internal TransactionIds MessageIds { get; } = new();

    internal TimeProvider Time => _options.Time;

    internal ILoggerFactory Loggers => _options.Loggers;

    /// <summary>Starts the threads.</summary>
    public static ImRuntime Start(ImRuntimeOptions? options = null)
    {
        var runtime = new ImRuntime(options ?? new ImRuntimeOptions());
        runtime.Loop.Start();
        runtime._msrpLoop.Start();
        return runtime;
    }

    /// <summary>Closes every socket and ends the threads. Dispose the clients before it, so that they leave and unregister.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        // A call that is under way may have made one meanwhile; from here on it makes none.
        await _stopping.CancelAsync().ConfigureAwait(false);
        var (stacks, endpoints, listeners) = await Loop.InvokeAsync(
            () => (_stacks.Values.ToArray(), _endpoints.Values.ToArray(), _listeners.Values.ToArray())).ConfigureAwait(false);
        foreach (var opening in stacks)
        {
            await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (opening.IsCompletedSuccessfully)
            {
                await (await opening.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
            }
        }

        foreach (var endpoint in endpoints)
        {
            endpoint.Dispose();
        }

        foreach (var listener in listeners)
        {
            listener.Dispose();
        }

        _msrpLoop.Dispose();
        Loop.Dispose();
    }

    /// <summary>Runs work on the control loop; what it awaits there continues there.</summary>
    /// <exception cref="ObjectDisposedException">The runtime ended before the work did.</exception>
    internal Task<T> InvokeAsync<T>(Func<Task<T>> work) => WhileRunningAsync(Loop.InvokeAsync(work).Unwrap());

    /// <summary>Waits for what one of the loops completes, which it no longer does once the runtime has ended.</summary>
    /// <exception cref="ObjectDisposedException">The runtime ended first.</exception>
    internal async Task<T> WhileRunningAsync<T>(Task<T> completion)
    {
        try
        {
            return await completion.WaitAsync(_stopping.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            throw new ObjectDisposedException(nameof(ImRuntime));
        }
    }

    /// <inheritdoc cref="InvokeAsync{T}(Func{Task{T}})"/>
    internal Task InvokeAsync(Func<Task> work) => InvokeAsync(async () =>
    {
        await work();
        return true;
    });

    /// <inheritdoc cref="InvokeAsync{T}(Func{Task{T}})"/>
    internal Task<T> InvokeAsync<T>(Func<T> work) => InvokeAsync(() => Task.FromResult(work()));

    /// <summary>Runs work on the MSRP loop.</summary>
    /// <exception cref="ObjectDisposedException">The runtime ended before the work did.</exception>
    internal Task<T> OnMsrpLoopAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _msrpLoop.Post(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception exception)
            {
                // Whoever waits for it hears of it, and not the loop alone.
                done.SetException(exception);
            }
        });
        return WhileRunningAsync(done.Task);
    }

    /// <summary>Waits by a timer of the control loop; to be called there.</summary>
    internal async Task DelayAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var elapsed = new TaskCompletionSource();
        var timer = Loop.Schedule(time, elapsed.SetResult);
        try
        {
            await elapsed.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            timer.Cancel();
        }
    }

    /// <summary>SIP from the local address that leads to a server; to be called on the control loop.</summary>
    internal Task<SipStack> StackTowardsAsync(IPEndPoint server)
    {
        var local = _options.LocalAddress ?? SipStack.LocalAddressTowards(server);
        if (!_stacks.TryGetValue(local, out var opening) || opening.IsFaulted)
        {
            ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
            _stacks[local] = opening = SipStack.OpenAsync(Loop, _options, local);
        }

        return opening;
    }

    /// <summary>MSRP from a local address, plain or over TLS; to be called on the control loop.</summary>
    internal MsrpEndpoint EndpointAt(IPAddress local, bool isSecure)
    {
        if (!_endpoints.TryGetValue((local, isSecure), out var endpoint))
        {
            ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
            endpoint = new MsrpEndpoint(_msrpLoop, new MsrpEndpointOptions { Host = MsrpListener.HostOf(local), IsSecure = isSecure });
            _endpoints.Add((local, isSecure), endpoint);
        }

        return endpoint;
    }

    /// <summary>Where peers connect to a local address for MSRP; to be called on the control loop.</summary>
    /// <exception cref="ImException">There is no port to listen at.</exception>
    internal MsrpListener ListenerAt(IPAddress local)
    {
        if (!_listeners.TryGetValue(local, out var listener))
        {
            ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
            try
            {
                _listeners[local] = listener = new MsrpListener(_msrpLoop, local, Time);
            }
            catch (SocketException failure)
            {
                throw ImException.Unreachable($"no port to listen at on {local}", failure);
            }
        }

        return listener;
    }
}
