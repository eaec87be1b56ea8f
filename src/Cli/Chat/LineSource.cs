using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace OmaIm.Cli.Chat;

/// <summary>
/// Lines of a blocking reader, handed over one by one: reading standard input can neither be awaited nor interrupted, so that a thread of
/// its own waits there, and is simply left behind at the end.
/// </summary>
internal sealed class LineSource
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly object _turn = new();
    private bool _mayRead = true;

    private LineSource()
    {
    }

    /// <param name="readLine">Blocks for the next line; null at the end of input.</param>
    public static LineSource Start(Func<string?> readLine)
    {
        var source = new LineSource();
        new Thread(() => source.Run(readLine)) { IsBackground = true, Name = "input" }.Start();
        return source;
    }

    public async IAsyncEnumerable<string> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in _lines.Reader.ReadAllAsync(cancellationToken))
        {
            yield return line;
            GiveTurn();
        }
    }

    private void Run(Func<string?> readLine)
    {
        try
        {
            // A line is read only after the one before was dealt with: whatever feeds this process feels how fast the room takes it.
            for (AwaitTurn(); readLine() is { } line; AwaitTurn())
            {
                _lines.Writer.TryWrite(line);
            }
        }
        catch (IOException)
        {
            // The terminal is gone: that ends the input as well.
        }

        _lines.Writer.TryComplete();
    }

    private void AwaitTurn()
    {
        lock (_turn)
        {
            while (!_mayRead)
            {
                Monitor.Wait(_turn);
            }

            _mayRead = false;
        }
    }

    private void GiveTurn()
    {
        lock (_turn)
        {
            _mayRead = true;
            Monitor.Pulse(_turn);
        }
    }
}
