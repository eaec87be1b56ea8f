namespace OmaIm.Tests.Unit.Protocols.Cpim;

internal static class CpimVectors
{
    /// <summary>After the example of RFC 3862 section 5, with the headers that chat clients add.</summary>
    public static byte[] Full { get; } = WireText.Crlf("""
        From: "Alice \"A\" \\ Smith" <sip:alice@example.com>
        To: Lobby room <sip:lobby@rooms.example.com>
        cc: <sip:carol@example.com>
        DateTime: 2026-01-31T10:00:00.250+02:00
        Subject: the weather\nwill be fine today
        Subject:;lang=fr beau temps prévu
        NS: imdn <urn:ietf:params:imdn>
        imdn.Message-ID: 34jk324j
        imdn.Disposition-Notification: positive-delivery, display

        Content-type: text/plain; charset=utf-8
        Content-ID: <1234@example.com>

        From: <sip:nobody@example.com>

        Zwölf Boxkämpfer
        """);

    /// <summary>The shortest thing that a room passes on.</summary>
    public static byte[] Short { get; } = WireText.Crlf("""
        From: <sip:alice@example.com>
        To: <sip:lobby@rooms.example.com>

        Content-Type: text/plain

        hi
        """);

    /// <summary>A whole message whose header block is the given lines.</summary>
    public static byte[] WithHeaders(string lines) => WireText.Crlf(lines + "\r\n\r\nContent-Type: text/plain\r\n\r\nhi");
}
