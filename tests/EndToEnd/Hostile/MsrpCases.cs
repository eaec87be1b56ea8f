using static OmaIm.Protocols.Msrp.MsrpRejection;

namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>Malformed and hostile MSRP, by the numbers of the threat catalogue (m01 to m28).</summary>
internal static class MsrpCases
{
    private const string Paths = "To-Path: {to}\r\nFrom-Path: {from}\r\n";

    public static IEnumerable<MsrpCase> All { get; } =
    [
        new("m01 end-line of another transaction in the body", Say("before\r\n-------other123$\r\nbehind"), 200, None, "before\r\n-------other123$\r\nbehind"),
        new("m01 a whole frame in the body", Say("x\r\n-------zzzz1$\r\nMSRP zzzz2 SEND\r\n" + Paths + "Message-ID: forged1\r\n-------zzzz2$\r\ny"), 200, None,
            "x\r\n-------zzzz1$\r\nMSRP zzzz2 SEND\r\nTo-Path: {to}\r\nFrom-Path: {from}\r\nMessage-ID: forged1\r\n-------zzzz2$\r\ny"),
        new("m01 end-line of a longer id", Say("a\r\n-------case1234$\r\nb"), 200, None, "a\r\n-------case1234$\r\nb"),
        new("m02 own end-line without CRLF before it", Say("a -------case1$ b"), 200, None, "a -------case1$ b"),
        new("m02 own end-line with LF before it", Say("a\n-------case1$ b"), 200, None, "a\n-------case1$ b"),
        new("m03 unknown flag", Frame("SEND", "Message-ID: mess1", "!"), 400, EndLineMalformed),
        new("m03 no flag", Frame("SEND", "Message-ID: mess1", ""), 400, EndLineMalformed),
        new("m03 unknown flag behind a body", Say("text").Replace("-------case1$", "-------case1?", StringComparison.Ordinal), 400, EndLineMalformed),
        new("m04 short id", "MSRP abc SEND\r\n", 0, TransactionIdMalformed),
        new("m04 long id", $"MSRP {new string('a', 33)} SEND\r\n", 0, TransactionIdMalformed),
        new("m04 id with a slash", "MSRP ab/cd SEND\r\n", 0, TransactionIdMalformed),
        new("m04 empty id", "MSRP  SEND\r\n", 0, TransactionIdMalformed),
        new("m04 endless id", "MSRP " + new string('a', 1_000_000), 0, TransactionIdMalformed),
        new("m05 endless start line", "MSRP case1 " + new string('A', 100_000), 0, StartLineTooLong),
        new("m05 not MSRP", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", 0, StartLineMalformed),
        new("m06 ten thousand headers", "MSRP case1 SEND\r\n" + Paths + string.Concat(Enumerable.Repeat("X: y\r\n", 10_000)), 400, TooManyHeaders),
        new("m06 endless header", "MSRP case1 SEND\r\n" + Paths + "X: " + new string('y', 1_000_000), 400, HeaderBlockTooLong),
        new("m06 NUL in a header", Frame("SEND", "Message-ID: mess1\r\nX: a\0b"), 400, HeaderMalformed),
        new("m06 bare CR in a header", Frame("SEND", "Message-ID: mess1\r\nX: a\rb"), 400, HeaderMalformed),
        new("m06 bare LF line", "MSRP case1 SEND\r\n" + Paths + "X: a\n-------case1$\r\n", 400, HeaderMalformed),
        new("m06 folded header", Frame("SEND", "Message-ID: mess1\r\nX: a\r\n b"), 400, HeaderMalformed),
        new("m06 header without colon", Frame("SEND", "Message-ID mess1"), 400, HeaderMalformed),
        new("m06 header twice", Frame("SEND", "Message-ID: mess1\r\nMessage-ID: mess2"), 400, DuplicateHeader),
        new("m07 no To-Path", "MSRP case1 SEND\r\nFrom-Path: {from}\r\n-------case1$\r\n", 0, ToPathNotFirst),
        new("m07 To-Path behind From-Path", "MSRP case1 SEND\r\nFrom-Path: {from}\r\nTo-Path: {to}\r\n-------case1$\r\n", 0, ToPathNotFirst),
        new("m07 no From-Path", "MSRP case1 SEND\r\nTo-Path: {to}\r\n-------case1$\r\n", 0, FromPathNotSecond),
        new("m07 a hundred hops", Frame("SEND", "Message-ID: mess1").Replace("{to}", string.Join(' ', Enumerable.Repeat("{to}", 100)), StringComparison.Ordinal), 481, NoSuchSession),
        new("m07 no session-id", Frame("SEND", "Message-ID: mess1").Replace("{to}", "msrp://127.0.0.1:2855;tcp", StringComparison.Ordinal), 481, NoSuchSession),
        new("m07 %00 as session-id", Frame("SEND", "Message-ID: mess1").Replace("{to}", "msrp://127.0.0.1:2855/%00;tcp", StringComparison.Ordinal), 481, NoSuchSession),
        new("m07 IPv6 host", Frame("SEND", "Message-ID: mess1").Replace("{to}", "msrp://[::1]:2855/nobody;tcp", StringComparison.Ordinal), 481, NoSuchSession),
        new("m07 no URI", Frame("SEND", "Message-ID: mess1").Replace("{to}", "nonsense", StringComparison.Ordinal), 400, PathMalformed),
        new("m08 session of somebody else", Say("stolen").Replace("{to}", "{alice}", StringComparison.Ordinal), 481, NoSuchSession),
        new("m09 From-Path that was not agreed", Say("stolen").Replace("{from}", "msrp://127.0.0.1:9/stranger;tcp", StringComparison.Ordinal), 481, NoSuchSession),
        new("m11 guessed session", Say("stolen").Replace("{to}", "msrp://127.0.0.1:2855/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa;tcp", StringComparison.Ordinal), 481, NoSuchSession),
        .. BadRanges().Select(range => new MsrpCase($"m12 Byte-Range {range}", Say("text", "Byte-Range: " + range), 400, ByteRangeMalformed)),
        new("m12 rest without beginning", Say("text", "Byte-Range: 5-8/8"), 413, StoppedMessage),
        new("m12 longer than allowed", Say("text", "Byte-Range: 1-*/9000000000000"), 413, MessageTooLarge),
        new("m17 begun and given up", Say("text", "Byte-Range: 1-*/*").Replace("-------case1$", "-------case1#", StringComparison.Ordinal), 200, None),
        new("m22 From of somebody else", Say("lie").Replace("From: <sip:dave", "From: <sip:alice", StringComparison.Ordinal), 403, SenderMismatch),
        new("m22 two From", Say("lie").Replace("To: <", "From: <sip:alice@localhost>\r\nTo: <", StringComparison.Ordinal), 403, SenderMismatch),
        new("m22 two To", Say("lie").Replace("DateTime", "To: <sip:bob@localhost>\r\nDateTime", StringComparison.Ordinal), 403, SeveralRecipients),
        new("m22 no From", Say("lie").Replace("From: <sip:dave@localhost>\r\n", "", StringComparison.Ordinal), 403, SenderMismatch),
        new("m22 stranger as To", Say("lie").Replace("{lobby}", "sip:nobody@localhost", StringComparison.Ordinal), 404, RecipientUnknown),
        new("m22 no CPIM headers", Frame("SEND", "Message-ID: mess1\r\nContent-Type: message/cpim\r\n\r\nrubbish\r\n"), 400, CpimMalformed),
        new("m23 not CPIM", Say("text").Replace("message/cpim", "text/html", StringComparison.Ordinal), 415, ContentNotSupported),
        new("m24 no Content-Type", Frame("SEND", "Message-ID: mess1\r\n\r\nbody\r\n"), 400, ContentTypeMissing),
        new("m24 no Message-ID", Frame("SEND", "Byte-Range: 1-0/0"), 400, MessageIdMalformed),
        new("m24 bad report header", Frame("SEND", "Message-ID: mess1\r\nFailure-Report: perhaps"), 400, ReportHeaderMalformed),
        new("m28 empty SEND", Frame("SEND", "Message-ID: mess1"), 200, None),
        new("m28 heartbeat", Frame("SEND", "Message-ID: mess1\r\nContent-Type: text/x-msrp-heartbeat\r\n\r\nHEARTBEAT\r\n"), 200, None),
        new("m19 REPORT on nothing", Frame("REPORT", "Message-ID: mess1\r\nStatus: 000 413 x"), 0, None),
        new("m20 AUTH at an endpoint", Frame("AUTH", "Expires: 4294967296"), 501, MethodUnknown),
        new("m21 nickname with a control character", Frame("NICKNAME", "Use-Nickname: \"a\tb\""), 424, NicknameMalformed),
        new("m21 nickname without quotes", Frame("NICKNAME", "Use-Nickname: abc"), 424, NicknameMalformed),
        new("m21 nickname of a page", Frame("NICKNAME", $"Use-Nickname: \"{new string('x', 600)}\""), 423, NicknameTooLong),
    ];

    /// <summary>A message of dave's to the room.</summary>
    private static string Say(string text, string? header = null) => Frame(
        "SEND",
        (header is null ? "" : header + "\r\n") + "Message-ID: mess1\r\nContent-Type: message/cpim\r\n\r\n"
        + "From: <sip:dave@localhost>\r\nTo: <{lobby}>\r\nDateTime: 2026-01-31T10:00:00Z\r\n\r\nContent-Type: text/plain\r\n\r\n" + text + "\r\n");

    private static string Frame(string method, string rest, string flag = "$") =>
        $"MSRP case1 {method}\r\n{Paths}{rest}{(rest.EndsWith('\n') ? "" : "\r\n")}-------case1{flag}\r\n";

    private static string[] BadRanges() =>
        ["0-3/4", "5-1/4", "1-8/4", "-1-4/4", "1-4", "+1-4/4", "1- 4/4", "1-*/9223372036854775808", "1-18446744073709551616/*", "*-4/4", "x"];
}
