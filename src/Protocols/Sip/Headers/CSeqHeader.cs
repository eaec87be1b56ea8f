using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>CSeq = 1*DIGIT LWS Method (RFC 3261 section 20.16); the number is below 2^31 (section 8.1.1.5).</summary>
[Header(HeaderProtocol.Sip, "CSeq", Order = 43)]
public sealed class CSeqHeader
{
    /// <summary>Composes a value.</summary>
    public CSeqHeader(uint number, SipMethod method)
    {
        Number = number;
        Method = method;
    }

    /// <summary>The sequence number.</summary>
    public uint Number { get; }

    /// <summary>The method of the request, which a response repeats.</summary>
    public SipMethod Method { get; }

    /// <summary>Reads the value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out CSeqHeader? header)
    {
        header = null;
        var scanner = new HeaderScanner(value);
        scanner.SkipSpace();
        if (!scanner.TryTakeNumber(int.MaxValue, out var number) || !scanner.TryTakeSpace()
            || !scanner.TryTakeToken(out var method) || !scanner.AtEnd)
        {
            return false;
        }

        header = new CSeqHeader((uint)number, SipMethod.FromToken(method));
        return true;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number} {Method}");
}
