namespace OmaIm.Protocols.Sip;

public enum SipRejection
{
    None,
    StartLine,
}
