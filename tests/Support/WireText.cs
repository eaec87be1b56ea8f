using System.Text;

namespace OmaIm.Tests.Support;

/// <summary>Messages as a test writes them: LF in the source, CRLF on the wire.</summary>
public static class WireText
{
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));

    /// <summary>A MESSAGE that passes every check.</summary>
    public static string Message(string callId = "c1", string via = "SIP/2.0/TCP 192.0.2.1:5060;branch=z9hG4bKb1;rport", string body = "hello") => $"""
        MESSAGE sip:bob@example.com SIP/2.0
        Via: {via}
        Max-Forwards: 70
        From: <sip:alice@example.com>;tag=a1
        To: <sip:bob@example.com>
        Call-ID: {callId}
        CSeq: 1 MESSAGE
        Content-Type: text/plain
        Content-Length: {Encoding.UTF8.GetByteCount(body)}

        {body}
        """;
}
