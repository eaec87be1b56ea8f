using System.Buffers;

namespace OmaIm.Protocols.Sip;

public sealed partial class SipMessage
{
    public static SipMessage CreateRequest(SipMethod method, SipUri requestUri) => throw new NotImplementedException();
    public static SipMessage CreateResponse(SipMessage request, int status, string? phrase = null) => throw new NotImplementedException();
    public bool IsRequest => throw new NotImplementedException();
    public SipMethod Method => throw new NotImplementedException();
    public SipUri RequestUri { get => throw new NotImplementedException(); set => throw new NotImplementedException(); }
    public int StatusCode => throw new NotImplementedException();
    public string ReasonPhrase => throw new NotImplementedException();
    public SipHeaders Headers => throw new NotImplementedException();
    public ReadOnlyMemory<byte> Body => throw new NotImplementedException();
    public void SetBody(string contentType, ReadOnlyMemory<byte> body) => throw new NotImplementedException();
    public void WriteTo(IBufferWriter<byte> writer) => throw new NotImplementedException();
    public byte[] ToArray() => throw new NotImplementedException();
}
