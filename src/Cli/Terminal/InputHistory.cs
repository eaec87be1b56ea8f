namespace OmaIm.Cli.Terminal;

/// <summary>The lines entered before, and the place in them while the user looks back.</summary>
internal sealed class InputHistory
{
    /// <summary>Lines remembered; the oldest goes first.</summary>
    private const int Capacity = 200;

    private readonly List<string> _lines = [];
    private int _position;
    private string _draft = "";

    public void Add(string line)
    {
        if (line.Length > 0 && (_lines.Count == 0 || _lines[^1] != line))
        {
            _lines.Add(line);
            if (_lines.Count > Capacity)
            {
                _lines.RemoveAt(0);
            }
        }

        _position = _lines.Count;
    }

    /// <summary>The line before, or null at the oldest. <paramref name="current"/> is kept for the way back.</summary>
    public string? Older(string current)
    {
        if (_position == 0)
        {
            return null;
        }

        if (_position == _lines.Count)
        {
            _draft = current;
        }

        return _lines[--_position];
    }

    /// <summary>The line after, at last the one that was being typed; null when that is shown already.</summary>
    public string? Newer()
    {
        if (_position == _lines.Count)
        {
            return null;
        }

        return ++_position == _lines.Count ? _draft : _lines[_position];
    }
}
