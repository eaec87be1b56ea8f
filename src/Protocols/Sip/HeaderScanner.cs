using System.Buffers;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip;

/// <summary>Walks over one header value, rule by rule. Folded lines are joined already: LWS is SP and HTAB only.</summary>
internal ref struct HeaderScanner(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    public readonly bool AtEnd => _rest.IsEmpty;

    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>SWS = [LWS]</summary>
    public void SkipSpace()
    {
        var length = _rest.IndexOfAnyExcept(Grammar.Space);
        _rest = length < 0 ? default : _rest[length..];
    }

    /// <summary>SWS separator SWS: SLASH, COMMA, SEMI, COLON, EQUAL of the grammar.</summary>
    public bool TryTake(byte separator)
    {
        var start = _rest;
        SkipSpace();
        if (_rest.IsEmpty || _rest[0] != separator)
        {
            _rest = start;
            return false;
        }

        _rest = _rest[1..];
        SkipSpace();
        return true;
    }

    /// <summary>LWS</summary>
    public bool TryTakeSpace()
    {
        var length = _rest.Length;
        SkipSpace();
        return _rest.Length < length;
    }

    /// <summary>host (RFC 3261 section 25.1), checked.</summary>
    public bool TryTakeHost(out ReadOnlySpan<byte> host)
    {
        var length = HostPort.HostLength(_rest);
        host = _rest[..length];
        _rest = _rest[length..];
        return HostPort.IsHost(host);
    }

    /// <summary>1*allowed</summary>
    public bool TryTakeWhile(SearchValues<byte> allowed, out ReadOnlySpan<byte> taken)
    {
        var length = _rest.IndexOfAnyExcept(allowed);
        length = length < 0 ? _rest.Length : length;
        taken = _rest[..length];
        _rest = _rest[length..];
        return length > 0;
    }

    public bool TryTakeToken(out ReadOnlySpan<byte> token) => TryTakeWhile(Grammar.Token, out token);

    public bool TryTakeNumber(long maximum, out long number)
    {
        number = 0;
        var length = _rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        length = length < 0 ? _rest.Length : length;
        if (!Digits.TryParse(_rest[..length], maximum, out number))
        {
            return false;
        }

        _rest = _rest[length..];
        return true;
    }

    /// <summary>quoted-string, with its quotes.</summary>
    public bool TryTakeQuoted(out ReadOnlySpan<byte> quoted)
    {
        var length = QuotedString.Length(_rest);
        quoted = _rest[..length];
        _rest = _rest[length..];
        return length > 0;
    }
}
