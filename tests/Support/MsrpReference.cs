using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using OmaIm.Protocols.Msrp;

namespace OmaIm.Tests.Support;

/// <summary>
/// A second MSRP reader, written from the grammar of RFC 4975 section 9 with no regard to speed: strings, regular expressions and copies.
/// It says what the product's decoder must find in the same bytes, and reads what the product writes.
/// </summary>
public sealed partial class MsrpReference
{
    private readonly MsrpLimits _limits;
    private readonly string _text;
    private readonly List<MsrpWireFrame> _frames = [];
    private int _at;

    private MsrpReference(string text, MsrpLimits limits)
    {
        _text = text;
        _limits = limits;
    }

    /// <summary>Reads all frames that are there.</summary>
    public static MsrpReading Read(ReadOnlySpan<byte> bytes, MsrpLimits? limits = null)
    {
        var reference = new MsrpReference(Encoding.Latin1.GetString(bytes), limits ?? MsrpLimits.Default);
        var end = Outcome.Frame();
        while (end is { Rejection: MsrpRejection.None, IsIncomplete: false })
        {
            end = reference.ReadFrame();
        }

        return new MsrpReading(reference._frames, end.Rejection, reference._text.Length - reference._at);
    }

    private Outcome ReadFrame()
    {
        while (_text.AsSpan(_at).StartsWith("\r\n"))
        {
            _at += 2;
        }

        var rest = _text[_at..];
        if (rest is "" or "\r")
        {
            return Outcome.Incomplete();
        }

        var outcome = ReadStartLine(rest, out var id, out var match, out var length);
        if (!outcome.IsFrame)
        {
            return outcome;
        }

        outcome = ReadHeaders(rest, length, id, out var headers, out var bodyStart, out var flag);
        if (!outcome.IsFrame)
        {
            return outcome;
        }

        var code = match.Groups["code"] is { Success: true, Value: var digits } ? int.Parse(digits, CultureInfo.InvariantCulture) : 0;
        var frame = new MsrpWireFrame(id, match.Groups["method"].Value, code, match.Groups["comment"].Value, headers, null, flag ?? '$');

        if (flag is not null)
        {
            return Take(frame, bodyStart);
        }

        // An empty body may share its CRLF with the blank line.
        var line = Regex.Match(rest[(bodyStart - 2)..], "\r\n-------" + Regex.Escape(id) + "(?<flag>[+$#]\r\n|\r\n|[^A-Za-z0-9.\\-+%=]\r\n)");
        if (!line.Success)
        {
            return Outcome.Incomplete();
        }

        var endsAt = bodyStart - 2 + line.Index;
        var mark = line.Groups["flag"].Value;
        if (mark.Length != 3 || !"+$#".Contains(mark[0], StringComparison.Ordinal))
        {
            return Outcome.Refuse(MsrpRejection.EndLineMalformed);
        }

        var body = endsAt < bodyStart ? "" : rest[bodyStart..endsAt];
        return Take(frame with { Body = body, Flag = mark[0] }, endsAt + line.Length);
    }

    private Outcome ReadStartLine(string rest, out string id, out Match line, out int length)
    {
        (id, line, length) = ("", Match.Empty, 0);
        const string Start = "MSRP ";
        if (!rest.StartsWith(Start[..Math.Min(rest.Length, Start.Length)], StringComparison.Ordinal))
        {
            return Outcome.Refuse(MsrpRejection.StartLineMalformed);
        }

        // The transaction id is judged as soon as it can be: at its 33rd character, its space, or the end of the line.
        var afterStart = rest.Length <= Start.Length ? "" : rest[Start.Length..];
        var idEnd = afterStart.IndexOfAny([' ', '\n']);
        if (idEnd is < 0 or > 32)
        {
            return afterStart.Length > 32 ? Outcome.Refuse(MsrpRejection.TransactionIdMalformed) : Outcome.Incomplete();
        }

        id = afterStart[..idEnd];
        if (afterStart[idEnd] == '\n')
        {
            return Outcome.Refuse(MsrpRejection.StartLineMalformed);
        }

        if (!Ident().IsMatch(id))
        {
            return Outcome.Refuse(MsrpRejection.TransactionIdMalformed);
        }

        length = rest.IndexOf('\n', StringComparison.Ordinal) + 1;
        if (length == 0 || length > _limits.StartLine)
        {
            return rest.Length >= _limits.StartLine ? Outcome.Refuse(MsrpRejection.StartLineTooLong) : Outcome.Incomplete();
        }

        line = StartLine().Match(rest[..length]);
        return line.Success ? Outcome.Frame() : Outcome.Refuse(MsrpRejection.StartLineMalformed);
    }

    private Outcome ReadHeaders(
        string rest, int at, string id, out List<(string Name, string Value)> headers, out int end, out char? flag)
    {
        headers = [];
        flag = null;
        end = at;
        while (true)
        {
            var lineEnd = rest.IndexOf('\n', end);
            if (lineEnd < 0 || lineEnd >= _limits.HeaderBlock)
            {
                return rest.Length >= _limits.HeaderBlock ? Outcome.Refuse(MsrpRejection.HeaderBlockTooLong) : Outcome.Incomplete();
            }

            var line = rest[end..lineEnd];
            end = lineEnd + 1;
            if (!line.EndsWith('\r'))
            {
                return Outcome.Refuse(MsrpRejection.HeaderMalformed);
            }

            line = line[..^1];
            if (line.Length == 0 || line.StartsWith("-------", StringComparison.Ordinal))
            {
                var rejection = line.Length == 0 ? MsrpRejection.None : ReadEndLine(line, id, out flag);
                return headers.Count switch
                {
                    0 => Outcome.Refuse(MsrpRejection.ToPathNotFirst),
                    1 => Outcome.Refuse(MsrpRejection.FromPathNotSecond),
                    _ => new Outcome(rejection, IsIncomplete: false),
                };
            }

            var wrong = headers.Count == _limits.Headers ? MsrpRejection.TooManyHeaders : ReadHeader(line, headers);
            if (wrong != MsrpRejection.None)
            {
                return Outcome.Refuse(wrong);
            }
        }
    }

    private static MsrpRejection ReadEndLine(string line, string id, out char? flag)
    {
        var match = Regex.Match(line, "^-------" + Regex.Escape(id) + "([+$#])$");
        flag = match.Success ? match.Groups[1].Value[0] : null;
        return match.Success ? MsrpRejection.None : MsrpRejection.EndLineMalformed;
    }

    private static MsrpRejection ReadHeader(string line, List<(string Name, string Value)> headers)
    {
        var match = Header().Match(line);
        if (!match.Success || !IsUtf8(line))
        {
            return MsrpRejection.HeaderMalformed;
        }

        var name = match.Groups["name"].Value;
        if (headers.Count == 0 && !Is(name, "To-Path"))
        {
            return MsrpRejection.ToPathNotFirst;
        }

        if (headers.Count == 1 && !Is(name, "From-Path"))
        {
            return MsrpRejection.FromPathNotSecond;
        }

        var isKnown = MsrpHeaderNames.Lookup(Encoding.Latin1.GetBytes(name)) != MsrpHeaderId.Unknown;
        if (isKnown && headers.Exists(header => Is(header.Name, name)))
        {
            return MsrpRejection.DuplicateHeader;
        }

        headers.Add((name, match.Groups["value"].Value.Trim(' ', '\t')));
        return MsrpRejection.None;
    }

    private Outcome Take(MsrpWireFrame frame, int length)
    {
        _frames.Add(frame);
        _at += length;
        return Outcome.Frame();
    }

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);

    private static bool IsUtf8(string line) => System.Text.Unicode.Utf8.IsValid(Encoding.Latin1.GetBytes(line));

    // ident = ALPHANUM 3*31ident-char
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9.\-+%=]{3,31}\z")]
    private static partial Regex Ident();

    // req-start = "MSRP" SP transact-id SP method CRLF ; resp-start = "MSRP" SP transact-id SP status-code [SP comment] CRLF
    [GeneratedRegex(@"^MSRP [^ ]+ ((?<code>[0-9]{3})( (?<comment>[\t\x20-\x7E\x80-\xFF]*))?|(?<method>[A-Z_]+))\r\n\z")]
    private static partial Regex StartLine();

    // header = token ":" [SP] value, no control characters but TAB
    [GeneratedRegex(@"^(?<name>[A-Za-z0-9\-.!%*_+`'~]+):(?<value>[\t\x20-\x7E\x80-\xFF]*)\z")]
    private static partial Regex Header();

    private readonly record struct Outcome(MsrpRejection Rejection, bool IsIncomplete)
    {
        public bool IsFrame => Rejection == MsrpRejection.None && !IsIncomplete;

        public static Outcome Frame() => new(MsrpRejection.None, IsIncomplete: false);

        public static Outcome Incomplete() => new(MsrpRejection.None, IsIncomplete: true);

        public static Outcome Refuse(MsrpRejection rejection) => new(rejection, IsIncomplete: false);
    }
}
