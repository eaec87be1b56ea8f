using OmaIm.Client;

namespace OmaIm.Cli.Im;

/// <summary>
/// Prints messages before their senders are told that they have arrived: what could not be printed has not arrived. One behind the other, on
/// the thread pool, because whoever reads the output may be slow. Any thread.
/// </summary>
internal sealed class MessagePrinter(ImConsole console)
{
    /// <summary>Messages, and bytes of them, that may wait for a slow reader, as many as for any handler of a client. What comes then is refused.</summary>
    private const int Capacity = 1000;
    private const long ByteCapacity = 64 * 1024 * 1024;

    /// <summary>How long the program's end waits for a slow reader.</summary>
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private Task _last = Task.CompletedTask;
    private int _waiting;
    private long _waitingBytes;

    /// <summary>Ends when the message has left this process; as <see cref="ImClientOptions.BeforeAcknowledging"/> wants it.</summary>
    /// <exception cref="IOException">Nobody reads the output, or not fast enough, or the disk is full.</exception>
    public async ValueTask<bool> PrintAsync(ImMessage message)
    {
        Task printed;
        lock (_lock)
        {
            if (_waiting >= Capacity || (_waitingBytes > 0 && _waitingBytes + message.Content.Length > ByteCapacity))
            {
                throw new IOException("Nobody reads what is printed.");
            }

            _waiting++;
            _waitingBytes += message.Content.Length;
            printed = _last = _last.ContinueWith(_ => Print(message), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        await printed.ConfigureAwait(false);
        return true;
    }

    /// <summary>Waits, a moment only, until all is printed.</summary>
    public async Task DrainAsync()
    {
        Task last;
        lock (_lock)
        {
            last = _last;
        }

        await last.WaitAsync(DrainTime).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Print(ImMessage message)
    {
        try
        {
            console.Show("message", null, json => ImText.Write(json, message));
        }
        finally
        {
            lock (_lock)
            {
                _waiting--;
                _waitingBytes -= message.Content.Length;
            }
        }
    }
}
