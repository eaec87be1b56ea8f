using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip;

public static class SipReader
{
    public static ParseStatus ReadDatagram(ReadOnlySpan<byte> datagram, SipLimits limits, out SipMessage? message, out SipRejection rejection) => throw new NotImplementedException();
    public static ParseStatus ReadStream(ReadOnlySpan<byte> buffer, SipLimits limits, out int consumed, out SipMessage? message, out SipRejection rejection) => throw new NotImplementedException();
}
