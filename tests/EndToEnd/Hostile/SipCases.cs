using static OmaIm.Protocols.Sip.SipRejection;
using static OmaIm.Tests.EndToEnd.Hostile.SipCase;

namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>Malformed and hostile SIP, by the numbers of the threat catalogue (s01 to s23).</summary>
internal static class SipCases
{
    private const string NoCredentials = "no_credentials";
    private const string UnknownDialog = "omaim_sip_dialogs_unknown_total|";

    public static IEnumerable<SipCase> All { get; } = [.. Headers(), .. Lengths(), .. Lines(), .. Uris(), .. Values(), .. Credentials(), .. Dialogs()];

    /// <summary>A good request by somebody who has no credentials.</summary>
    public static string Options(string? header = null) =>
        "OPTIONS sip:localhost SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:{port};branch=z9hG4bK{id};rport\r\nMax-Forwards: 70\r\n"
        + "From: <sip:eve@localhost>;tag=1\r\nTo: <sip:localhost>\r\nCall-ID: {id}\r\nCSeq: 1 OPTIONS\r\n"
        + (header is null ? "" : header + "\r\n") + "Content-Length: 0\r\n\r\n";

    private static IEnumerable<SipCase> Headers() =>
    [
        Refused("s01 blank before the colon of an identity", Options("P-Asserted-Identity : <sip:alice@localhost>"), 401, NoCredentials),
        Refused("s18 an identity that nobody asserts", Options("P-Asserted-Identity: <sip:alice@localhost>\r\nP-Preferred-Identity: <sip:alice@localhost>"), 401, NoCredentials),
        Malformed("s02 two Call-ID", Options("Call-ID: second"), BadCallId),
        Malformed("s02 two CSeq", Options("CSeq: 2 OPTIONS"), BadCSeq),
        Malformed("s02 two From", Options("From: <sip:bob@localhost>;tag=2"), BadFrom),
        Malformed("s02 two To", Options("To: <sip:bob@localhost>"), BadTo),
        Malformed("s02 two Max-Forwards", Options("Max-Forwards: 3"), BadMaxForwards),
        Malformed("s02 two Expires", Options("Expires: 3\r\nExpires: 4"), BadExpires),
        Malformed("s02 two Content-Type", Options("Content-Type: text/plain\r\nContent-Type: text/html"), BadContentType),
        Malformed("s03 compact and long Call-ID", Options("i: second"), BadCallId),
        Malformed("s03 compact and long To", Options("t: <sip:bob@localhost>"), BadTo),
        Malformed("s03 compact and long From", Options("f: <sip:bob@localhost>;tag=2"), BadFrom),
        Malformed("no From", Without("From: <sip:eve@localhost>;tag=1\r\n"), MissingFrom),
        Malformed("no To", Without("To: <sip:localhost>\r\n"), MissingTo),
        Malformed("no Call-ID", Without("Call-ID: {id}\r\n"), MissingCallId),
        Malformed("no CSeq", Without("CSeq: 1 OPTIONS\r\n"), MissingCSeq),
        Malformed("no Via", Without("Via: SIP/2.0/TCP 127.0.0.1:{port};branch=z9hG4bK{id};rport\r\n"), MissingVia, isAnswered: false),
        Malformed("header without a name", Options(": nothing"), BadHeaderLine),
        Malformed("header without a colon", Options("Subject"), BadHeaderLine),
        Malformed("130 headers", Options(string.Join("\r\n", Enumerable.Repeat("Subject-X: y", 130))), TooManyHeaders),
        Refused("s08 a hundred Vias", Options(string.Join("\r\n", Enumerable.Range(0, 100).Select(static i => $"Via: SIP/2.0/UDP 192.0.2.{i};branch=z9hG4bK{i}"))), 401, NoCredentials),
        Refused("s08 forged received and rport", With(";rport", ";rport=9;received=192.0.2.1"), 401, NoCredentials),
        Refused("s08 maddr and ttl", With(";rport", ";rport;maddr=224.0.1.75;ttl=255"), 401, NoCredentials),
    ];

    private static IEnumerable<SipCase> Lengths() =>
    [
        Malformed("s04 two Content-Length", Options("Content-Length: 5"), BadContentLength),
        Malformed("s04 compact and long Content-Length", Options("l: 5"), BadContentLength),
        .. new[] { "+0", "0;x", "18446744073709551616", "-1", "0x0", "", "0 0", "0\u00b2", "0, 0" }.Select(length =>
            Malformed($"s04 Content-Length '{length}'", With("Content-Length: 0", "Content-Length: " + length), BadContentLength)),
    ];

    private static IEnumerable<SipCase> Lines() =>
    [
        Malformed("s05 line ends without CR", Options().Replace("\r\n", "\n", StringComparison.Ordinal), BareLineEnd, isAnswered: false),
        Malformed("s05 line ends without LF", Options().Replace("\r\n", "\r", StringComparison.Ordinal) + "\r\n", BareLineEnd, isAnswered: false),
        Malformed("NUL in a header", Options("Subject: a\0b"), NulOctet),
        Malformed("bare CR in a header", Options("Subject: a\rb"), BareLineEnd),
        Malformed("s06 header line of 9 KB", Options("Subject: " + new string('x', 9000)), HeaderLineTooLong),
        Malformed("s06 head of 20 KB", Options(string.Join("\r\n", Enumerable.Repeat("Subject-X: " + new string('x', 200), 100))), HeadTooLarge),
        Malformed("s07 URI of 9 KB", With("OPTIONS sip:localhost", $"OPTIONS sip:{new string('a', 9000)}@localhost"), StartLineTooLong, isAnswered: false),
        Malformed("wrong version", With("localhost SIP/2.0\r\n", "localhost SIP/7.0\r\n"), UnsupportedVersion),
        Malformed("another protocol", "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n", BadStartLine, isAnswered: false),
    ];

    private static IEnumerable<SipCase> Uris() =>
    [
        Refused("s07 NUL in the user part", With("OPTIONS sip:localhost", "OPTIONS sip:%00@localhost"), 407, NoCredentials),
        Malformed("s07 number for an address", With("OPTIONS sip:localhost", "OPTIONS sip:2130706433"), BadRequestUri),
        Malformed("s07 hexadecimal address", With("OPTIONS sip:localhost", "OPTIONS sip:alice@0x7f000001"), BadRequestUri),
        Malformed("s07 short address", With("OPTIONS sip:localhost", "OPTIONS sip:alice@127.1"), BadRequestUri),
        Refused("s07 tel", With("OPTIONS sip:localhost", "OPTIONS tel:+15551234;phone-context=localhost"), 416, "unsupported_scheme"),
        Malformed("s07 unknown scheme", With("OPTIONS sip:localhost", "OPTIONS mailto:alice@localhost"), UnsupportedUriScheme),
        Malformed("s07 spaces in the URI", With("OPTIONS sip:localhost", "OPTIONS sip:a b@localhost"), BadStartLine),
        Malformed("s07 headers in the URI", With("OPTIONS sip:localhost", "OPTIONS sip:localhost?Route=%3Csip:evil%3E"), BadRequestUri),
        Malformed("s07 no host", With("OPTIONS sip:localhost", "OPTIONS sip:alice@"), BadRequestUri),
        Malformed("s07 port 65536", With("OPTIONS sip:localhost", "OPTIONS sip:localhost:65536"), BadRequestUri),
        Malformed("s07 open bracket", With("OPTIONS sip:localhost", "OPTIONS sip:[::1"), BadRequestUri),
        Malformed("s07 broken escape", With("OPTIONS sip:localhost", "OPTIONS sip:%zz@localhost"), BadRequestUri),
    ];

    private static IEnumerable<SipCase> Values() =>
    [
        Malformed("CSeq of another method", With("CSeq: 1 OPTIONS", "CSeq: 1 INVITE"), CSeqMethodMismatch),
        Malformed("CSeq too large", With("CSeq: 1 OPTIONS", "CSeq: 4294967296 OPTIONS"), BadCSeq),
        Malformed("CSeq with a sign", With("CSeq: 1 OPTIONS", "CSeq: +1 OPTIONS"), BadCSeq),
        Malformed("open quote", With("To: <sip:localhost>", "To: \"open <sip:localhost>"), BadTo),
        Malformed("open bracket", With("To: <sip:localhost>", "To: <sip:localhost"), BadTo),
        Malformed("s23 empty tag, To twice", With("To: <sip:localhost>", "To: <sip:localhost>;tag=\r\nTo: <sip:localhost>;tag="), BadTo),
        Malformed("s23 Via that is none", With("Via: SIP/2.0/TCP 127.0.0.1", "Via: SIP/2.0/TCP 127.0.0.1;;,"), BadVia),
        Malformed("s10 Expires below zero", Options("Expires: -1"), BadExpires),
        Malformed("s10 Expires that is no number", Options("Expires: soon"), BadExpires),
        Malformed("Max-Forwards 256", With("Max-Forwards: 70", "Max-Forwards: 256"), BadMaxForwards),
        Malformed("s09 Contact that is none", Options("Contact: <sip:a@b"), BadContact),
        Malformed("s09 Route that is none", Options("Route: nowhere at all"), BadRoute),
        Refused("s23 tag of two kilobytes", With(";tag=1", ";tag=" + new string('t', 2000)), 401, NoCredentials),
        Refused("s23 branch of two kilobytes", With("z9hG4bK{id}", "z9hG4bK{id}" + new string('b', 2000)), 401, NoCredentials),
        Refused("Max-Forwards zero", With("Max-Forwards: 70", "Max-Forwards: 0").Replace("OPTIONS sip:localhost", "OPTIONS sip:bob@localhost", StringComparison.Ordinal), 483, "too_many_hops"),
        Refused("unknown Require", Options("Require: nothing-here"), 420, "bad_extension"),
        Refused("unknown Proxy-Require", Options("Proxy-Require: nothing-here"), 420, "bad_extension"),
        Refused("unknown method", Of("DANCE"), 501, "unknown_method"),
    ];

    private static IEnumerable<SipCase> Credentials() =>
    [
        Refused("s11 REGISTER of somebody", Of("REGISTER", "Contact: <sip:eve@127.0.0.1>"), 401, NoCredentials),
        Refused("s11 REGISTER of nobody and all", Of("REGISTER", "Contact: *\r\nExpires: 3600"), 401, NoCredentials),
        Refused("s12 SUBSCRIBE", Of("SUBSCRIBE", "Event: conference\r\nContact: <sip:eve@127.0.0.1>"), 401, NoCredentials),
        Refused("MESSAGE", Of("MESSAGE"), 401, NoCredentials),
        Refused("REFER", Of("REFER", "Refer-To: <sip:bob@localhost>"), 401, NoCredentials),
        Refused("INVITE into the lobby", Of("INVITE", "Contact: <sip:eve@127.0.0.1>").Replace("INVITE sip:localhost", "INVITE sip:lobby@rooms.localhost", StringComparison.Ordinal), 401, NoCredentials),
        Stray("INVITE without Contact", Of("INVITE"), 400, "omaim_sip_dialogs_malformed_total|"),
        Refused("s17 credentials of no kind", Options("Authorization: Nothing here"), 401, NoCredentials),
        Refused("s17 credentials without content", Options("Authorization: Digest"), 401, NoCredentials),
        Refused("s17 basic credentials", Options("Authorization: Basic YWxpY2U6YWxpY2Utc2VjcmV0"), 401, NoCredentials),
        Refused("s17 credentials of another realm", Options(Digest("example.org", "abc", "sip:localhost")), 401, NoCredentials),
        Refused("s17 an invented nonce", Options(Digest("localhost", "0123456789abcdef0123456789abcdef", "sip:localhost")), 401, "wrong_credentials"),
        Malformed("s17 a cnonce of 9 KB", Options(Digest("localhost", new string('n', 9000), "sip:localhost")), HeaderLineTooLong),
    ];

    private static IEnumerable<SipCase> Dialogs() =>
    [
        Stray("s13 BYE of a dialog that is not there", InDialog("BYE"), 481, UnknownDialog),
        Stray("s13 re-INVITE of a dialog that is not there", InDialog("INVITE", "Contact: <sip:eve@127.0.0.1>"), 481, UnknownDialog),
        Stray("s13 UPDATE of a dialog that is not there", InDialog("UPDATE", "Contact: <sip:eve@127.0.0.1>"), 481, UnknownDialog),
        Stray("s13 NOTIFY of a subscription that is not there", InDialog("NOTIFY", "Event: conference\r\nSubscription-State: active"), 481, UnknownDialog),
        Stray("s16 CANCEL of nothing", Of("CANCEL"), 481, ""),
        Stray("s16 ACK of nothing", Of("ACK"), 0, ""),
        Stray("s16 ACK of a dialog that is not there", InDialog("ACK"), 0, ""),
        Stray("a response to nothing", "SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP 127.0.0.1:{port};branch=z9hG4bKnone\r\nFrom: <sip:eve@localhost>;tag=1\r\nTo: <sip:localhost>;tag=2\r\n"
            + "Call-ID: {id}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n", 0, "omaim_sip_transactions_stray_responses_total|"),
        Malformed("a response with code 777", "SIP/2.0 777 Lucky\r\nVia: SIP/2.0/TCP 127.0.0.1:{port};branch=z9hG4bKnone\r\nFrom: <sip:eve@localhost>;tag=1\r\nTo: <sip:localhost>;tag=2\r\n"
            + "Call-ID: {id}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n", BadStatusCode, isAnswered: false),
    ];

    private static string With(string part, string other) => Options().Replace(part, other, StringComparison.Ordinal);

    private static string Without(string part) => With(part, "");

    private static string Of(string method, string? header = null) => Options(header).Replace("OPTIONS", method, StringComparison.Ordinal);

    private static string InDialog(string method, string? header = null) =>
        Of(method, header).Replace("To: <sip:localhost>", "To: <sip:localhost>;tag=x", StringComparison.Ordinal);

    private static string Digest(string realm, string nonce, string uri) =>
        $"Authorization: Digest username=\"alice\", realm=\"{realm}\", nonce=\"{nonce}\", uri=\"{uri}\", qop=auth, nc=00000001, cnonce=\"x\", "
        + $"algorithm=SHA-256, response=\"{new string('0', 64)}\"";
}
