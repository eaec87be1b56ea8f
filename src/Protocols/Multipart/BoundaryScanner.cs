namespace OmaIm.Protocols.Multipart;

/// <summary>Finds the boundary lines of one multipart body, one after the other (RFC 2046 section 5.1.1).</summary>
internal ref struct BoundaryScanner(ReadOnlySpan<byte> body, ReadOnlySpan<byte> dashBoundary)
{
    private readonly ReadOnlySpan<byte> _body = body;
    private readonly ReadOnlySpan<byte> _dashBoundary = dashBoundary;
    private int _from;

    /// <summary>Where the content before the boundary line ends: the line break in front of the line belongs to the boundary.</summary>
    public int ContentEnd { get; private set; }

    /// <summary>The first byte behind the boundary line.</summary>
    public int LineEnd { get; private set; }

    /// <summary>Whether the line ends the multipart: <c>--boundary--</c>.</summary>
    public bool IsClosing { get; private set; }

    public bool MoveNext()
    {
        while (_body[_from..].IndexOf(_dashBoundary) is var found and >= 0)
        {
            var start = _from + found;
            _from = start + _dashBoundary.Length;
            if ((start == 0 || _body[start - 1] == '\n') && TryReadTail(_from))
            {
                ContentEnd = start switch
                {
                    >= 2 when _body[start - 2] == '\r' => start - 2,
                    >= 1 => start - 1,
                    _ => 0,
                };
                _from = LineEnd;
                return true;
            }
        }

        return false;
    }

    // ["--"] transport-padding (CRLF / end of body). Anything else makes it a line of content that only begins like the boundary.
    private bool TryReadTail(int position)
    {
        var tail = _body[position..];
        IsClosing = tail.StartsWith("--"u8);
        if (IsClosing)
        {
            tail = tail[2..];
        }

        tail = tail.TrimStart(" \t"u8);
        var lineBreak = tail.StartsWith("\r\n"u8) ? 2 : tail.StartsWith("\n"u8) ? 1 : 0;
        LineEnd = _body.Length - tail.Length + lineBreak;
        return lineBreak > 0 || (IsClosing && tail.IsEmpty);
    }
}
