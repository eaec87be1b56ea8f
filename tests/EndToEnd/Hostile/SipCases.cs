namespace OmaIm.Tests.EndToEnd.Hostile;

/// <summary>Malformed and hostile SIP, by the numbers of the threat catalogue (s01 to s16).</summary>
internal static class SipCases
{
    private static readonly int[] Challenged = [401, 407];
    private static readonly int[] Bad = [400];

    public static IEnumerable<SipCase> All { get; } =
    [
        new("s01 blank before the colon of an identity", Options("P-Asserted-Identity : <sip:alice@localhost>"), Challenged, false),
        new("s02 two Call-ID", Options("Call-ID: second"), Bad, true),
        new("s02 two CSeq", Options("CSeq: 2 OPTIONS"), Bad, true),
        new("s02 two From", Options("From: <sip:bob@localhost>;tag=2"), Bad, true),
        new("s02 two Max-Forwards", Options("Max-Forwards: 3"), Bad, true),
        new("s03 compact and long Call-ID", Options("i: second"), Bad, true),
        new("s03 compact and long To", Options("t: <sip:bob@localhost>"), Bad, true),
        new("s04 two Content-Length", Options("Content-Length: 5"), Bad, true),
        .. new[] { "+0", "0;x", "4294967296", "-1", "0x0", "" }.Select(length =>
            new SipCase($"s04 Content-Length '{length}'", Options().Replace("Content-Length: 0", "Content-Length: " + length, StringComparison.Ordinal), Bad, true)),
        new("s05 line ends without CR: no message at all", Options().Replace("\r\n", "\n", StringComparison.Ordinal), [], true),
        new("s07 NUL in the user part", Options().Replace("OPTIONS sip:localhost", "OPTIONS sip:%00@localhost", StringComparison.Ordinal), [401, 407, 404], false),
        new("s07 unknown scheme", Options().Replace("OPTIONS sip:localhost", "OPTIONS mailto:alice@localhost", StringComparison.Ordinal), [416], false),
        new("s07 very long URI", Options().Replace("OPTIONS sip:localhost", $"OPTIONS sip:{new string('a', 7000)}@localhost", StringComparison.Ordinal), [400, 401, 404, 407, 414], false),
        new("s07 spaces in the URI", Options().Replace("OPTIONS sip:localhost", "OPTIONS sip:a b@localhost", StringComparison.Ordinal), Bad, true),
        new("wrong version", Options().Replace("localhost SIP/2.0\r\n", "localhost SIP/7.0\r\n", StringComparison.Ordinal), [505], true),
        new("CSeq of another method", Options().Replace("CSeq: 1 OPTIONS", "CSeq: 1 INVITE", StringComparison.Ordinal), Bad, true),
        new("CSeq too large", Options().Replace("CSeq: 1 OPTIONS", "CSeq: 99999999999 OPTIONS", StringComparison.Ordinal), Bad, true),
        new("no From", Options().Replace("From: <sip:eve@localhost>;tag=1\r\n", "", StringComparison.Ordinal), Bad, true),
        new("no To", Options().Replace("To: <sip:localhost>\r\n", "", StringComparison.Ordinal), Bad, true),
        new("open quote", Options().Replace("To: <sip:localhost>", "To: \"open <sip:localhost>", StringComparison.Ordinal), Bad, true),
        new("NUL in a header", Options("Subject: a\0b"), Bad, true),
        new("bare CR in a header", Options("Subject: a\rb"), Bad, true),
        new("Max-Forwards zero", Options().Replace("Max-Forwards: 70", "Max-Forwards: 0", StringComparison.Ordinal), [200, 401, 407, 483], false),
        new("unknown Require", Options("Require: nothing-here"), [401, 407, 420], false),
        new("unknown method", Options().Replace("OPTIONS", "DANCE", StringComparison.Ordinal), [401, 405, 407, 501], false),
        new("s11 REGISTER without credentials", Options().Replace("OPTIONS", "REGISTER", StringComparison.Ordinal), [401], false),
        new("s12 SUBSCRIBE without credentials", Options("Event: conference\r\nContact: <sip:eve@127.0.0.1>").Replace("OPTIONS", "SUBSCRIBE", StringComparison.Ordinal), Challenged, false),
        new("MESSAGE without credentials", Options().Replace("OPTIONS", "MESSAGE", StringComparison.Ordinal), [401, 405, 407], false),
        new("REFER without credentials", Options("Refer-To: <sip:bob@localhost>").Replace("OPTIONS", "REFER", StringComparison.Ordinal), [401, 405, 407], false),
        new("s13 BYE of a dialog that is not there", Options().Replace("OPTIONS", "BYE", StringComparison.Ordinal).Replace("To: <sip:localhost>", "To: <sip:localhost>;tag=x", StringComparison.Ordinal), [481], false),
        new("s13 NOTIFY of a subscription that is not there", Options("Event: conference\r\nSubscription-State: active").Replace("OPTIONS", "NOTIFY", StringComparison.Ordinal).Replace("To: <sip:localhost>", "To: <sip:localhost>;tag=x", StringComparison.Ordinal), [481], false),
        new("s16 CANCEL of nothing", Options().Replace("OPTIONS", "CANCEL", StringComparison.Ordinal), [481], false),
        new("s16 ACK of nothing", Options().Replace("OPTIONS", "ACK", StringComparison.Ordinal), [], false),
        new("s23 tag of a page", Options().Replace(";tag=1", ";tag=" + new string('t', 2000), StringComparison.Ordinal), [400, 401, 407], false),
        new("a response to nothing", "SIP/2.0 200 OK\r\nVia: SIP/2.0/TCP 127.0.0.1:{port};branch=z9hG4bKnone\r\nFrom: <sip:eve@localhost>;tag=1\r\nTo: <sip:localhost>;tag=2\r\nCall-ID: {id}\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n", [], false),
    ];

    /// <summary>A good request by somebody who has no credentials.</summary>
    public static string Options(string? header = null) =>
        "OPTIONS sip:localhost SIP/2.0\r\nVia: SIP/2.0/TCP 127.0.0.1:{port};branch=z9hG4bK{id};rport\r\nMax-Forwards: 70\r\n"
        + "From: <sip:eve@localhost>;tag=1\r\nTo: <sip:localhost>\r\nCall-ID: {id}\r\nCSeq: 1 OPTIONS\r\n"
        + (header is null ? "" : header + "\r\n") + "Content-Length: 0\r\n\r\n";
}
