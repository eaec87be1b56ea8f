using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Min-Expires = delta-seconds (RFC 3261 section 20.23).</summary>
[Header(HeaderProtocol.Sip, "Min-Expires")]
public sealed class MinExpiresHeader : SecondsHeader
{
    /// <summary>Composes a value.</summary>
    public MinExpiresHeader(int seconds)
        : base(seconds)
    {
    }

    /// <summary>Reads the value; false when it is no number or exceeds 2^32-1.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out MinExpiresHeader? header)
    {
        header = DeltaSeconds.TryParse(value, out var seconds) ? new MinExpiresHeader(seconds) : null;
        return header is not null;
    }
}
