using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

[Header(HeaderProtocol.Sip, "CSeq")]
public sealed class CSeqHeader
{
    public CSeqHeader(uint number, SipMethod method) { Number = number; Method = method; }
    public uint Number { get; }
    public SipMethod Method { get; }

    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out CSeqHeader? header)
    {
        throw new NotImplementedException();
    }
}
