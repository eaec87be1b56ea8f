using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Expires = delta-seconds (RFC 3261 section 20.19).</summary>
[Header(HeaderProtocol.Sip, "Expires")]
public sealed class ExpiresHeader : SecondsHeader
{
    /// <summary>Composes a value.</summary>
    public ExpiresHeader(int seconds)
        : base(seconds)
    {
    }

    /// <summary>Reads the value; false when it is no number or exceeds 2^32-1.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ExpiresHeader? header)
    {
        header = DeltaSeconds.TryParse(value, out var seconds) ? new ExpiresHeader(seconds) : null;
        return header is not null;
    }
}
