using System.Text;
using OmaIm.Protocols.Sip;

namespace OmaIm.Micro.Sip;

/// <summary>SIP messages as a client sends them that joins a room.</summary>
internal static class Messages
{
    public const string Via = "SIP/2.0/TCP 198.51.100.7:5060;branch=z9hG4bKnashds8k3jd;rport";
    public const string From = "\"Alice\" <sip:alice@example.com>;tag=1928301774";
    public const string CSeq = "314159 INVITE";
    public const string Contact = "<sip:alice@198.51.100.7:5060;transport=tcp>;+sip.instance=\"<urn:uuid:0c67446e-f1a1-11d9-94d3-000a95a0e128>\"";
    public const string SessionExpires = "1800;refresher=uac";
    public const string Authorization =
        "Digest username=\"alice\", realm=\"example.com\", nonce=\"AAAAAAABhqBkNzQ2ZmE5YzJkMTQ0ZjZhOWMyZDE0NGY2YTljMmQ\", uri=\"sip:lobby@rooms.example.com\", "
        + "response=\"6629fae49393a05397450978507c4ef1753184a6c0a7d4f1b2a93c2a6a3b8e0f\", algorithm=SHA-256, cnonce=\"k3jd8Hs0aa9fKqPz\", qop=auth, nc=00000001";

    public const string Offer =
        "v=0\r\no=- 2890844526 1 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\n"
        + "m=message 49152 TCP/MSRP *\r\na=accept-types:message/cpim\r\na=accept-wrapped-types:text/plain text/html\r\n"
        + "a=path:msrp://198.51.100.7:49152/k3jd8Hs0aa9fKqPz;tcp\r\na=setup:actpass\r\na=chatroom:nickname private-messages\r\na=max-size:1048576\r\n";

    public static byte[] Invite { get; } = Encoding.UTF8.GetBytes(
        "INVITE sip:lobby@rooms.example.com SIP/2.0\r\n"
        + $"Via: {Via}\r\nMax-Forwards: 70\r\nFrom: {From}\r\nTo: <sip:lobby@rooms.example.com>\r\n"
        + $"Call-ID: a84b4c76e66710@198.51.100.7\r\nCSeq: {CSeq}\r\nContact: {Contact}\r\n"
        + "Supported: timer, tdialog\r\nAllow: INVITE, ACK, CANCEL, BYE, OPTIONS, NOTIFY, UPDATE\r\nUser-Agent: Example/1.0\r\n"
        + $"Session-Expires: {SessionExpires}\r\nAuthorization: {Authorization}\r\n"
        + $"Content-Type: application/sdp\r\nContent-Length: {Offer.Length}\r\n\r\n{Offer}");

    public static SipMessage Read(byte[] bytes) =>
        SipReader.ReadDatagram(bytes, SipLimits.Default, out var message, out var rejection) == Protocols.Text.ParseStatus.Complete && message is not null
            ? message
            : throw new InvalidOperationException(rejection.ToString());
}
