using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Timestamp = 1*DIGIT [ "." *DIGIT ] [ LWS delay ] (RFC 3261 section 20.38); only ever copied into a 100.</summary>
[Header(HeaderProtocol.Sip, "Timestamp")]
public sealed class TimestampHeader : TextHeader
{
    /// <summary>Composes a value.</summary>
    public TimestampHeader(string value)
        : base(value)
    {
    }

    /// <summary>Reads the value; control characters are left out.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out TimestampHeader? header)
    {
        header = new TimestampHeader(PlainText.Read(value));
        return true;
    }
}
