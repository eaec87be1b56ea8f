using System.Globalization;

namespace OmaIm.Cli.Terminal;

/// <summary>
/// The line being typed: text, cursor, and what each key does to them. Knows no terminal. The cursor moves by text elements, so that an
/// accent or a joined emoji is never torn.
/// </summary>
internal sealed class LineEditor
{
    /// <summary>Longest line, in UTF-16 units: far above what anybody types, far below what would make redrawing slow.</summary>
    private const int MaxLength = 16_384;

    private readonly InputHistory _history = new();
    private string _text = "";
    private int _cursor;
    private char _highSurrogate;

    public string Text => _text;

    /// <summary>Applies a key; anything but <see cref="EditOutcome.Edited"/> ends the line or asks for a step of the screen.</summary>
    public EditOutcome Apply(ConsoleKeyInfo key)
    {
        if (key.Modifiers.HasFlag(ConsoleModifiers.Control))
        {
            return ApplyControl(key);
        }

        switch (key.Key)
        {
            case ConsoleKey.Enter:
                return EditOutcome.Entered;
            case ConsoleKey.Backspace when _cursor > 0:
                var before = StepBack();
                Replace(before, _cursor - before, "");
                break;
            case ConsoleKey.Delete when _cursor < _text.Length:
                Replace(_cursor, StepForward() - _cursor, "");
                break;
            case ConsoleKey.LeftArrow:
                _cursor = StepBack();
                break;
            case ConsoleKey.RightArrow:
                _cursor = StepForward();
                break;
            case ConsoleKey.Home:
                _cursor = 0;
                break;
            case ConsoleKey.End:
                _cursor = _text.Length;
                break;
            case ConsoleKey.UpArrow when _history.Older(_text) is { } older:
                Show(older);
                break;
            case ConsoleKey.DownArrow when _history.Newer() is { } newer:
                Show(newer);
                break;
            default:
                Insert(key.KeyChar);
                break;
        }

        return EditOutcome.Edited;
    }

    /// <summary>Takes the line out and remembers it.</summary>
    public string Take()
    {
        var line = _text;
        _history.Add(line);
        Show("");
        return line;
    }

    /// <summary>The part that fits into <paramref name="width"/> cells with the cursor in view, and the cell of the cursor in it.</summary>
    public (string Visible, int CursorCell) View(int width)
    {
        var (start, cursorCell) = FirstVisible(width);
        var end = start;
        var cells = 0;
        while (end < _text.Length)
        {
            var length = StringInfo.GetNextTextElementLength(_text, end);
            cells += CellWidth.OfElement(_text.Substring(end, length));
            if (cells >= width)
            {
                break;
            }

            end += length;
        }

        return (_text[start..end], cursorCell);
    }

    /// <summary>The keys that shells have taught: Ctrl-A, E, U, K, W, L, C, D.</summary>
    private EditOutcome ApplyControl(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.A:
                _cursor = 0;
                break;
            case ConsoleKey.E:
                _cursor = _text.Length;
                break;
            case ConsoleKey.U:
                Replace(0, _cursor, "");
                break;
            case ConsoleKey.K:
                Replace(_cursor, _text.Length - _cursor, "");
                break;
            case ConsoleKey.W:
                var word = WordStart();
                Replace(word, _cursor - word, "");
                break;
            case ConsoleKey.L:
                return EditOutcome.ClearScreen;
            case ConsoleKey.C:
                return EditOutcome.EndOfInput;
            case ConsoleKey.D when _text.Length == 0:
                return EditOutcome.EndOfInput;
        }

        return EditOutcome.Edited;
    }

    private void Insert(char character)
    {
        if (char.IsHighSurrogate(character))
        {
            _highSurrogate = character; // the console hands a character beyond the BMP over in two keys
            return;
        }

        if (char.IsLowSurrogate(character))
        {
            if (_highSurrogate != '\0')
            {
                InsertText(new string([_highSurrogate, character]));
            }
        }
        else if (!char.IsControl(character))
        {
            InsertText(character.ToString());
        }

        _highSurrogate = '\0';
    }

    private void InsertText(string text)
    {
        if (_text.Length + text.Length <= MaxLength)
        {
            Replace(_cursor, 0, text);
        }
    }

    private void Replace(int start, int length, string text)
    {
        _text = string.Concat(_text.AsSpan(0, start), text, _text.AsSpan(start + length));
        _cursor = start + text.Length;
    }

    private void Show(string text)
    {
        _text = text;
        _cursor = text.Length;
    }

    /// <summary>
    /// Where the view begins, and the cell of the cursor in it. Looks at as much of a long line as the screen shows of it, because it is asked
    /// for with every key of a paste.
    /// </summary>
    private (int Start, int Cells) FirstVisible(int width)
    {
        int start;
        int cells;
        var back = width;
        do
        {
            back *= 2;
            start = Boundary(_cursor - back);
            cells = CellWidth.Of(_text[start.._cursor]);
        }
        while (cells < width && start > 0);

        while (cells >= width)
        {
            var length = StringInfo.GetNextTextElementLength(_text, start);
            cells -= CellWidth.OfElement(_text.Substring(start, length));
            start += length;
        }

        return (start, cells);
    }

    /// <summary>The last place not behind <paramref name="index"/> where a text element surely begins: between two ASCII characters, or at the front.</summary>
    private int Boundary(int index)
    {
        var at = Math.Max(0, index);
        while (at > 0 && !(char.IsAscii(_text[at - 1]) && char.IsAscii(_text[at])))
        {
            at--;
        }

        return at;
    }

    private int StepForward() => _cursor == _text.Length ? _cursor : _cursor + StringInfo.GetNextTextElementLength(_text, _cursor);

    private int StepBack()
    {
        var previous = Boundary(_cursor - 1);
        for (var at = previous; at < _cursor; at += StringInfo.GetNextTextElementLength(_text, at))
        {
            previous = at;
        }

        return previous;
    }

    private int WordStart()
    {
        var start = _text.AsSpan(0, _cursor).TrimEnd().LastIndexOf(' ');
        return start + 1;
    }
}
