using System.Text;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;
using Xunit;

namespace OmaIm.Tests.Unit.Protocols.Sip;

/// <summary>Small right messages for tests that change one thing about them.</summary>
internal static class SipTexts
{
    public static byte[] Options(string extraHeaders = "", string body = "") => Encoding.UTF8.GetBytes(
        "OPTIONS sip:bob@example.com SIP/2.0\r\n" +
        "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK-1\r\n" +
        "Max-Forwards: 70\r\n" +
        "From: \"Alice\" <sip:alice@example.com>;tag=a1\r\n" +
        "To: <sip:bob@example.com>\r\n" +
        "Call-ID: c1@192.0.2.1\r\n" +
        "CSeq: 7 OPTIONS\r\n" +
        extraHeaders +
        $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    public static SipMessage Read(byte[] bytes)
    {
        Assert.Equal(ParseStatus.Complete, SipReader.ReadDatagram(bytes, SipLimits.Default, out var message, out _));
        return message!;
    }
}
