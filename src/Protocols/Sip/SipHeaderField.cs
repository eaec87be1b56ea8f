namespace OmaIm.Protocols.Sip;

public readonly struct SipHeaderField
{
    public SipHeaderId Id => throw new NotImplementedException();
    public string NameText => throw new NotImplementedException();
    public ReadOnlyMemory<byte> Value => throw new NotImplementedException();
}
