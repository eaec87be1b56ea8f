using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OmaIm.Tests.Support.Wire;

/// <summary>A TCP connection read in the background, of which a test waits for what it wants; text is one character for each byte.</summary>
/// <typeparam name="T">What the bytes are cut into.</typeparam>
public abstract class WireStream<T>(Socket socket) : IAsyncDisposable
    where T : class
{
    /// <summary>What turns waiting for something that never comes into a failure.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<T> _received = [];
    private readonly StringBuilder _unread = new();
    private readonly HashSet<T> _taken = new(ReferenceEqualityComparer.Instance);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;
    private bool _hasEnded;

    public IPEndPoint Local { get; } = (IPEndPoint)socket.LocalEndPoint!;

    public IPEndPoint Remote { get; } = (IPEndPoint)socket.RemoteEndPoint!;

    /// <summary>All that has come so far.</summary>
    public IReadOnlyList<T> Received
    {
        get
        {
            lock (_received)
            {
                return [.. _received];
            }
        }
    }

    public async Task SendAsync(string text)
    {
        using var timeout = new CancellationTokenSource(Patience);
        await socket.SendAsync(Encoding.Latin1.GetBytes(text), SocketFlags.None, timeout.Token);
    }

    /// <summary>The first that fits and has not been taken before; it is taken by this.</summary>
    public async Task<T> NextAsync(Func<T, bool> fits, string what)
    {
        using var timeout = new CancellationTokenSource(Patience);
        while (true)
        {
            Task changed;
            lock (_received)
            {
                if (_received.Find(item => !_taken.Contains(item) && fits(item)) is { } found)
                {
                    _taken.Add(found);
                    return found;
                }

                if (_hasEnded)
                {
                    throw new InvalidOperationException($"The connection ended without {what}: {Text()}");
                }

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"There is no {what} in: {Text()}");
            }
        }
    }

    /// <summary>Waits until the peer has closed the connection.</summary>
    public Task EndAsync() => _reading.WaitAsync(Patience);

    public async ValueTask DisposeAsync()
    {
        socket.Dispose();
        await _reading;
        GC.SuppressFinalize(this);
    }

    protected static async Task<Socket> ConnectAsync(EndPoint server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var timeout = new CancellationTokenSource(Patience);
        await socket.ConnectAsync(server, timeout.Token);
        return socket;
    }

    protected void Begin() => _reading = ReadAsync();

    /// <summary>Cuts what is whole from the start of the text.</summary>
    protected abstract IEnumerable<T> Cut(string text, out int length);

    private async Task ReadAsync()
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = await socket.ReceiveAsync(buffer)) > 0)
            {
                Take(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // Reset by the peer or disposed by the test: the end either way.
        }

        Change(() => _hasEnded = true);
    }

    private void Take(string text)
    {
        _unread.Append(text);
        var items = Cut(_unread.ToString(), out var length);
        _unread.Remove(0, length);
        Change(() => _received.AddRange(items));
    }

    private void Change(Action change)
    {
        lock (_received)
        {
            change();
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private string Text() => string.Join("\n", _received) + "\n" + _unread;
}
