namespace OmaIm.Protocols.Sip;

public static class SipSanity
{
    public static SipRejection Check(SipMessage message) => throw new NotImplementedException();
}
