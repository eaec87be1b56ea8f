namespace OmaIm.Cli.Terminal;

/// <summary>
/// The line at the bottom of the terminal. One thread reads keys in <see cref="ReadLine"/>; others print through <see cref="Above"/>,
/// which takes the line away, lets them print, and puts it back.
/// </summary>
internal sealed class TypingLine : IDisposable
{
    // ECMA-48: EL 2 erases the line, CHA moves to a column, ED 2 and CUP clear the screen.
    private const string EraseLine = "\r\u001b[2K";
    private const string ClearScreen = "\u001b[2J\u001b[H";

    private readonly Lock _screen = new();
    private readonly TextWriter _output;
    private readonly Func<int> _width;
    private readonly Func<ConsoleKeyInfo> _readKey;
    private readonly Action<bool> _takeControlC;
    private readonly LineEditor _editor = new();
    private string _prompt;
    private bool _isShown;
    private bool _isDisposed;

    /// <param name="output">The terminal.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="prompt">What stands before the line.</param>
    /// <param name="readKey">Blocks for a key; null: the console's.</param>
    /// <param name="takeControlC">
    /// Whether Ctrl-C is a key. It is one as long as a line is read: it ends the input then. Else nobody reads keys, and it must stay the signal
    /// that ends whatever the program waits for. Null: the console's setting.
    /// </param>
    public TypingLine(TextWriter output, Func<int> width, string prompt, Func<ConsoleKeyInfo>? readKey = null, Action<bool>? takeControlC = null)
    {
        _output = output;
        _width = width;
        _prompt = prompt;
        _readKey = readKey ?? (() => Console.ReadKey(intercept: true));
        _takeControlC = takeControlC ?? (isKey => Console.TreatControlCAsInput = isKey);
    }

    public string Prompt
    {
        get => _prompt;
        set
        {
            lock (_screen)
            {
                _prompt = value;
                Draw();
            }
        }
    }

    /// <summary>Blocks until the user ends a line; null when he ends the input.</summary>
    public string? ReadLine()
    {
        _takeControlC(true);
        try
        {
            return ReadKeys();
        }
        finally
        {
            _takeControlC(false);
        }
    }

    /// <summary>Prints whole lines above the line being typed.</summary>
    public void Above(Action print)
    {
        lock (_screen)
        {
            if (_isShown)
            {
                _output.Write(EraseLine);
            }

            print();
            Draw();
        }
    }

    public void Dispose()
    {
        lock (_screen)
        {
            if (_isShown)
            {
                _output.Write(EraseLine);
                _output.Flush();
            }

            _isShown = false;
            _isDisposed = true;
        }
    }

    private string? ReadKeys()
    {
        lock (_screen)
        {
            _isShown = true;
            Draw();
        }

        while (true)
        {
            var key = _readKey();
            lock (_screen)
            {
                switch (_editor.Apply(key))
                {
                    case EditOutcome.Entered:
                        var line = _editor.Take();
                        Draw();
                        return line;
                    case EditOutcome.EndOfInput:
                        return null;
                    case EditOutcome.ClearScreen:
                        _output.Write(ClearScreen);
                        break;
                }

                Draw();
            }
        }
    }

    private void Draw()
    {
        if (!_isShown || _isDisposed)
        {
            return;
        }

        // The last column stays free: a character there makes some terminals wrap.
        var room = Math.Max(8, _width() - CellWidth.Of(_prompt) - 1);
        var (visible, cursor) = _editor.View(room);
        var column = CellWidth.Of(_prompt) + cursor + 1;
        _output.Write(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{EraseLine}{_prompt}{visible}\u001b[{column}G"));
        _output.Flush();
    }
}
