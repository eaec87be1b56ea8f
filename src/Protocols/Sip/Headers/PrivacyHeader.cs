using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Privacy = priv-value *( ";" priv-value ) (RFC 3323 section 4.2).</summary>
[Header(HeaderProtocol.Sip, "Privacy")]
public sealed class PrivacyHeader : TokenListHeader
{
    /// <summary>Composes a value.</summary>
    public PrivacyHeader(IReadOnlyList<string> values)
        : base(values)
    {
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => string.Join(';', Values);

    /// <summary>Reads the list; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out PrivacyHeader? header)
    {
        header = TryReadTokens(value, (byte)';', out var tokens) && tokens.Count > 0 ? new PrivacyHeader(tokens) : null;
        return header is not null;
    }
}
