namespace OmaIm.Protocols.Sip;

public enum DigestAlgorithm
{
    Md5,
    Md5Session,
    Sha256,
    Sha256Session,
}
