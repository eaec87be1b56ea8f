using OmaIm.Protocols.Msrp;
using OmaIm.Tests.Support;
using Xunit;
using static OmaIm.Tests.Unit.Protocols.Msrp.MsrpVector;

namespace OmaIm.Tests.Unit.Protocols.Msrp;

/// <summary>The corpus of MSRP framing: what must be read, and what must be refused and why.</summary>
internal static class MsrpVectors
{
    public const string To = "msrp://switch.example.com:2855/9dK2s8aQx1;tcp";
    public const string From = "msrp://198.51.100.7:9/k3jd8Hs0aa;tcp";

    private const string Paths = $"To-Path: {To}\r\nFrom-Path: {From}\r\n";

    public static IReadOnlyList<MsrpVector> All { get; } = [.. Accepted(), .. Bodies(), .. StartLines(), .. Headers(), .. EndLines()];

    public static TheoryData<string> Names { get; } = new(All.Select(static vector => vector.Name));

    public static MsrpVector Named(string name) => All.Single(vector => vector.Name == name);

    private static MsrpVector[] Accepted() =>
    [
        MsrpVector.Accepted("SEND without a body", MsrpText.Request("SEND", "a786hjs2", To, From, "Message-ID: 87652491", "Byte-Range: 1-0/0")),
        MsrpVector.Accepted("SEND with a body", Send("Hi Bob")),
        MsrpVector.Accepted("REPORT", MsrpText.Request("REPORT", "x2r0p0rt", To, From, "Message-ID: 87652491", "Byte-Range: 1-4100/4100", "Status: 000 200 OK")),
        MsrpVector.Accepted("NICKNAME", MsrpText.Request("NICKNAME", "n1ck0001", To, From, "Use-Nickname: \"Alice \\\"the\\\" great\"")),
        MsrpVector.Accepted("AUTH", MsrpText.Request("AUTH", "49fhauth", To, From, "Expires: 900")),
        MsrpVector.Accepted("method unknown", MsrpText.Request("FILE_OFFSET", "49fhauth", To, From)),
        MsrpVector.Accepted("response", MsrpText.Response("a786hjs2", 200, From, To)),
        MsrpVector.Accepted("response without a comment", $"MSRP a786hjs2 481\r\n{Paths}-------a786hjs2$\r\n"),
        MsrpVector.Accepted("response with an empty comment", $"MSRP a786hjs2 481 \r\n{Paths}-------a786hjs2$\r\n"),
        MsrpVector.Accepted("response with a body", Send("a body that nobody asked for").Replace("SEND", "200 OK", StringComparison.Ordinal)),
        MsrpVector.Accepted("shortest transaction id", Frame("abcd", "SEND")),
        MsrpVector.Accepted("longest transaction id", Frame("a.-+%=7890123456789012345678901X", "SEND")),
        MsrpVector.Accepted("more chunks follow", Send("first half").Replace("$\r\n", "+\r\n", StringComparison.Ordinal)),
        MsrpVector.Accepted("message given up", Send("first half").Replace("$\r\n", "#\r\n", StringComparison.Ordinal)),
        MsrpVector.Accepted("stray line ends before, between and behind", "\r\n\r\n" + Send("one") + "\r\n" + Send("two") + "\r\n", frames: 2),
        MsrpVector.Accepted("five frames in a row", string.Concat(Enumerable.Repeat(Send("text") + Frame("abcd1234", "SEND"), 2)) + Send("x"), frames: 5),
        MsrpVector.Accepted("no space behind the colon", $"MSRP abcd SEND\r\nTo-Path:{To}\r\nFrom-Path:{From}\r\nMessage-ID:1234\r\n-------abcd$\r\n"),
        MsrpVector.Accepted("blanks around values", $"MSRP abcd SEND\r\nTo-Path: \t{To} \r\nFrom-Path:  {From}\t\r\nMessage-ID: 1234 \r\n-------abcd$\r\n"),
        MsrpVector.Accepted("names in another case", $"MSRP abcd SEND\r\nto-path: {To}\r\nFROM-PATH: {From}\r\nmessage-Id: 1234\r\n-------abcd$\r\n"),
        MsrpVector.Accepted("unknown headers, one of them twice", Frame("abcd", "SEND", "X-One: 1", "Keep-Alive: yes", "X-One: 2")),
        MsrpVector.Accepted("unknown header without a value", Frame("abcd", "SEND", "X-One:")),
        MsrpVector.Accepted("m07 a hundred hops", Frame("abcd", "SEND").Replace(From, string.Join(' ', Enumerable.Repeat(From, 100)), StringComparison.Ordinal)),
        MsrpVector.Accepted("as many headers as allowed", Frame("abcd", "SEND", [.. Enumerable.Range(0, 30).Select(static i => $"X-{i}: {i}")])),
        MsrpVector.Accepted("longest start line", $"MSRP abcd 200 {new string('c', 1024 - 16)}\r\n{Paths}-------abcd$\r\n"),
        MsrpVector.Accepted("longest header block", LongestBlock(0)),
        MsrpVector.Accepted("cut off inside the start line", "MSRP a786", frames: 0),
        MsrpVector.Accepted("cut off inside a body", Send("first")[..^10], frames: 0),
        MsrpVector.Accepted("nothing", "", frames: 0),
    ];

    private static MsrpVector[] Bodies() =>
    [
        MsrpVector.Accepted("empty body", Send("")),
        MsrpVector.Accepted("empty body whose CRLF is the blank line's", Send("").Replace("\r\n\r\n\r\n", "\r\n\r\n", StringComparison.Ordinal)),
        MsrpVector.Accepted("body of line ends", Send("\r\n\r\n\r\n")),
        MsrpVector.Accepted("body that ends with CR", Send("text\r")),
        MsrpVector.Accepted("body that begins like an end-line", Send("-------a786hjs2x")),
        MsrpVector.Accepted("body of every octet", Send(string.Concat(Enumerable.Range(0, 256).Select(static octet => (char)octet)))),
        MsrpVector.Accepted("m01 end-line of another transaction", Send("text\r\n-------a786hjs3$\r\nmore")),
        MsrpVector.Accepted("m01 end-line of a transaction with a longer id", Send("text\r\n-------a786hjs2a$\r\n-------a786hjs2+$\r\n-------a786hjs2a\r\nmore")),
        MsrpVector.Accepted("m01 end-line of a transaction with a shorter id", Send("text\r\n-------a786hjs$\r\nmore")),
        MsrpVector.Accepted("m01 a whole frame", Send("text\r\n" + Frame("zzzz", "SEND") + MsrpText.Response("yyyy", 200, To, From))),
        MsrpVector.Accepted("m02 own end-line without CRLF before it", Send("text-------a786hjs2$\r\n\n-------a786hjs2$\r\n\r-------a786hjs2$\r\n")),
        MsrpVector.Accepted("m02 own end-line with six or eight hyphens", Send("text\r\n------a786hjs2$\r\n--------a786hjs2$\r\n")),
        MsrpVector.Accepted("m02 own end-line with text behind the flag", Send("text\r\n-------a786hjs2$x\r\n-------a786hjs2+ \r\n-------a786hjs2$\r\r\n")),
        MsrpVector.Accepted("m02 own end-line with LF only", Send("text\r\n-------a786hjs2$\nmore")),
        MsrpVector.Accepted("own end-line begun again and again", Send("\r\n\r\n-\r\n-------\r\n-------a786\r\n-------a786hjs")),
    ];

    private static MsrpVector[] StartLines() =>
    [
        Refused("another protocol", "GET / HTTP/1.1\r\n\r\n", MsrpRejection.StartLineMalformed),
        Refused("a TLS handshake", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", MsrpRejection.StartLineMalformed),
        Refused("msrp in small letters", "msrp abcd SEND\r\n", MsrpRejection.StartLineMalformed),
        Refused("garbage behind a good frame", Send("text") + "xyz", MsrpRejection.StartLineMalformed, frames: 1),
        Refused("LF alone between frames", Send("text") + "\n" + Send("text"), MsrpRejection.StartLineMalformed, frames: 1),
        Refused("no method", "MSRP abcd\r\n", MsrpRejection.StartLineMalformed),
        Refused("empty method", "MSRP abcd \r\n", MsrpRejection.StartLineMalformed),
        Refused("method in small letters", Frame("abcd", "send"), MsrpRejection.StartLineMalformed),
        Refused("method with text behind it", Frame("abcd", "SEND now"), MsrpRejection.StartLineMalformed),
        Refused("tab instead of space", Frame("abcd\tSEND", "SEND"), MsrpRejection.TransactionIdMalformed),
        Refused("two spaces", "MSRP  abcd SEND\r\n", MsrpRejection.TransactionIdMalformed),
        Refused("start line ends with LF", "MSRP abcd SEND\nTo-Path: " + To, MsrpRejection.StartLineMalformed),
        Refused("NUL in the start line", "MSRP abcd SE\0ND\r\n", MsrpRejection.StartLineMalformed),
        Refused("CR inside the start line", "MSRP abcd 200 O\rK\r\n", MsrpRejection.StartLineMalformed),
        Refused("status code of four digits", "MSRP abcd 2000\r\n", MsrpRejection.StartLineMalformed),
        Refused("status code of two digits", "MSRP abcd 20 OK\r\n", MsrpRejection.StartLineMalformed),
        Refused("status code with a sign", "MSRP abcd +20 OK\r\n", MsrpRejection.StartLineMalformed),
        Refused("m04 transaction id of three characters", Frame("abc", "SEND"), MsrpRejection.TransactionIdMalformed),
        Refused("m04 transaction id of 33 characters", Frame(new string('a', 33), "SEND"), MsrpRejection.TransactionIdMalformed),
        Refused("m04 transaction id that begins with a hyphen", Frame("-abcd", "SEND"), MsrpRejection.TransactionIdMalformed),
        Refused("m04 transaction id with an underscore", Frame("ab_cd", "SEND"), MsrpRejection.TransactionIdMalformed),
        Refused("m04 transaction id with an octet above 127", Frame("ab\xe9\xe9", "SEND"), MsrpRejection.TransactionIdMalformed),
        Refused("m04 transaction id that is empty", "MSRP  SEND\r\n", MsrpRejection.TransactionIdMalformed),
        Refused("m04 transaction id of 1 MB", "MSRP " + new string('a', 1 << 20), MsrpRejection.TransactionIdMalformed),
        Refused("m04 line end inside the transaction id", "MSRP ab\r\ncd SEND\r\n", MsrpRejection.StartLineMalformed),
        Refused("m04 long transaction id and no space", "MSRP " + new string('a', 40) + "\r\n", MsrpRejection.TransactionIdMalformed),
        Refused("m04 long transaction id and NUL", "MSRP " + new string('a', 40) + "\0 SEND\r\n", MsrpRejection.TransactionIdMalformed),
        Refused("m05 first line without end", "MSRP abcd 200 " + new string('c', 1 << 20), MsrpRejection.StartLineTooLong),
        Refused("m05 start line one octet too long", $"MSRP abcd 200 {new string('c', 1024 - 15)}\r\n{Paths}-------abcd$\r\n", MsrpRejection.StartLineTooLong),
    ];

    private static MsrpVector[] Headers() =>
    [
        Refused("m06 one header too many", Frame("abcd", "SEND", [.. Enumerable.Range(0, 31).Select(static i => $"X-{i}: {i}")]), MsrpRejection.TooManyHeaders),
        Refused("m06 10,000 header lines", Frame("abcd", "SEND", [.. Enumerable.Range(0, 10_000).Select(static i => $"X-{i}: {i}")]), MsrpRejection.TooManyHeaders),
        Refused("m06 one header of 1 MB", Frame("abcd", "SEND", "X-Long: " + new string('x', 1 << 20)), MsrpRejection.HeaderBlockTooLong),
        Refused("m06 a header without end", $"MSRP abcd SEND\r\n{Paths}X-Long: " + new string('x', 9000), MsrpRejection.HeaderBlockTooLong),
        Refused("m06 header block one octet too long", LongestBlock(1), MsrpRejection.HeaderBlockTooLong),
        Refused("m06 NUL in a value", Frame("abcd", "SEND", "X-One: a\0b"), MsrpRejection.HeaderMalformed),
        Refused("m06 NUL in a name", Frame("abcd", "SEND", "X\0One: ab"), MsrpRejection.HeaderMalformed),
        Refused("m06 bare CR", Frame("abcd", "SEND", "X-One: a\rb"), MsrpRejection.HeaderMalformed),
        Refused("m06 bare LF", Frame("abcd", "SEND", "X-One: a\nX-Two: b"), MsrpRejection.HeaderMalformed),
        Refused("m06 folded header", Frame("abcd", "SEND", "X-One: a\r\n b"), MsrpRejection.HeaderMalformed),
        Refused("m06 escape character in a value", Frame("abcd", "SEND", "X-One: \x1b[2J"), MsrpRejection.HeaderMalformed),
        Refused("m06 value that is not UTF-8", Frame("abcd", "SEND", "X-One: \xc3("), MsrpRejection.HeaderMalformed),
        Refused("line without a colon", Frame("abcd", "SEND", "X-One"), MsrpRejection.HeaderMalformed),
        Refused("empty name", Frame("abcd", "SEND", ": x"), MsrpRejection.HeaderMalformed),
        Refused("blank before the colon", Frame("abcd", "SEND", "X-One : x"), MsrpRejection.HeaderMalformed),
        Refused("blank before the colon of a path", Frame("abcd", "SEND").Replace("To-Path:", "To-Path :", StringComparison.Ordinal), MsrpRejection.HeaderMalformed),
        Refused("header twice", Frame("abcd", "SEND", "Message-ID: 1234", "Message-ID: 1234"), MsrpRejection.DuplicateHeader),
        Refused("header twice in another case", Frame("abcd", "SEND", "Byte-Range: 1-2/2", "byte-range: 1-1/1"), MsrpRejection.DuplicateHeader),
        Refused("To-Path twice", Frame("abcd", "SEND", "To-Path: " + To), MsrpRejection.DuplicateHeader),
        Refused("m07 To-Path missing", $"MSRP abcd SEND\r\nFrom-Path: {From}\r\n-------abcd$\r\n", MsrpRejection.ToPathNotFirst),
        Refused("m07 To-Path behind From-Path", $"MSRP abcd SEND\r\nFrom-Path: {From}\r\nTo-Path: {To}\r\n-------abcd$\r\n", MsrpRejection.ToPathNotFirst),
        Refused("m07 From-Path missing", $"MSRP abcd SEND\r\nTo-Path: {To}\r\n-------abcd$\r\n", MsrpRejection.FromPathNotSecond),
        Refused("m07 header between the paths", $"MSRP abcd SEND\r\nTo-Path: {To}\r\nMessage-ID: 1234\r\nFrom-Path: {From}\r\n", MsrpRejection.FromPathNotSecond),
        Refused("m07 no headers at all", "MSRP abcd SEND\r\n-------abcd$\r\n", MsrpRejection.ToPathNotFirst),
        Refused("m07 no headers and a body", "MSRP abcd SEND\r\n\r\ntext\r\n-------abcd$\r\n", MsrpRejection.ToPathNotFirst),
        Refused("m07 path of 64 KB", Frame("abcd", "SEND").Replace(To, To + new string('x', 1 << 16), StringComparison.Ordinal), MsrpRejection.HeaderBlockTooLong),
    ];

    private static MsrpVector[] EndLines() =>
    [
        Refused("m03 body ends without a flag", Send("text").Replace("hjs2$\r\n", "hjs2\r\n", StringComparison.Ordinal), MsrpRejection.EndLineMalformed),
        Refused("m03 body ends with a wrong flag", Send("text").Replace("hjs2$\r\n", "hjs2?\r\n", StringComparison.Ordinal), MsrpRejection.EndLineMalformed),
        Refused("m03 body ends with a blank for a flag", Send("text").Replace("hjs2$\r\n", "hjs2 \r\n", StringComparison.Ordinal), MsrpRejection.EndLineMalformed),
        Refused("m03 headers end without a flag", Frame("abcd", "SEND").Replace("abcd$", "abcd", StringComparison.Ordinal), MsrpRejection.EndLineMalformed),
        Refused("m03 headers end with a wrong flag", Frame("abcd", "SEND").Replace("abcd$", "abcd*", StringComparison.Ordinal), MsrpRejection.EndLineMalformed),
        Refused("m03 headers end with a letter for a flag", Frame("abcd", "SEND").Replace("abcd$", "abcdx", StringComparison.Ordinal), MsrpRejection.EndLineMalformed),
        Refused("headers end with another transaction's end-line", Frame("abcd", "SEND").Replace("-------abcd", "-------abce", StringComparison.Ordinal), MsrpRejection.EndLineMalformed),
        Refused("headers end with text behind the flag", Frame("abcd", "SEND").Replace("abcd$", "abcd$ ", StringComparison.Ordinal), MsrpRejection.EndLineMalformed),
        Refused("response without an end-line of its own", MsrpText.Response("abcd", 200, To, From).Replace("-------abcd", "-------efgh", StringComparison.Ordinal), MsrpRejection.EndLineMalformed),
    ];

    private static string Send(string body) => MsrpText.Send("a786hjs2", To, From, "87652491", body, contentType: "text/plain");

    private static string Frame(string id, string method, params string[] headers) => MsrpText.Request(method, id, To, From, headers);

    /// <summary>A header block that its last header fills up to the limit, and <paramref name="more"/> octets beyond.</summary>
    private static string LongestBlock(int more)
    {
        const string Fixed = $"MSRP abcd SEND\r\n{Paths}X-Long: \r\n-------abcd$\r\n";
        return Fixed.Replace("X-Long: ", "X-Long: " + new string('x', MsrpLimits.Default.HeaderBlock - Fixed.Length + more), StringComparison.Ordinal);
    }
}
