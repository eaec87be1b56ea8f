namespace OmaIm.Cli.Chat;

/// <summary>
/// Makes inputs of one or more lines: a line ending in a single backslash goes on in the next one (two backslashes stand for one), and
/// what stands between <c>/multi</c> and a line with a single dot is one text, taken as it is.
/// </summary>
internal sealed class LineJoiner
{
    private readonly List<string> _lines = [];
    private bool _isMulti;

    /// <summary>Whether the next line belongs to an input that has begun.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The input that <paramref name="line"/> completes, or null while there is more to come.</summary>
    public string? Add(string line)
    {
        if (_isMulti)
        {
            if (line == ".")
            {
                return Complete();
            }

            _lines.Add(line);
            return null;
        }

        if (!IsOpen && line.TrimEnd() == "/multi")
        {
            _isMulti = IsOpen = true;
            return null;
        }

        var backslashes = line.Length - line.TrimEnd('\\').Length;
        if (backslashes == 0)
        {
            _lines.Add(line);
            return Complete();
        }

        var continues = backslashes == 1;
        _lines.Add(line[..^1]);
        IsOpen = continues;
        return continues ? null : Complete();
    }

    /// <summary>At the end of input: what was begun and not completed, or null.</summary>
    public string? Flush() => IsOpen ? Complete() : null;

    private string Complete()
    {
        // Text between /multi and the dot is never a command, even when it begins with a slash.
        var text = string.Join('\n', _lines);
        text = _isMulti && text.StartsWith('/') ? "/" + text : text;
        _lines.Clear();
        _isMulti = IsOpen = false;
        return text;
    }
}
