namespace OmaIm.Protocols.Text;

/// <summary>The protocol whose header table a type belongs to.</summary>
public enum HeaderProtocol
{
    Sip,
    Msrp,
}
