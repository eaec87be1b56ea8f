using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Refer-Sub = refer-sub-value *( SEMI exten ) ; refer-sub-value = "true" / "false" (RFC 4488 section 4).</summary>
[Header(HeaderProtocol.Sip, "Refer-Sub")]
public sealed class ReferSubHeader
{
    /// <summary>Composes a value.</summary>
    public ReferSubHeader(bool value) => Value = value;

    /// <summary>Whether the REFER makes a subscription.</summary>
    public bool Value { get; }

    /// <summary>Reads the value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ReferSubHeader? header)
    {
        header = ParameterizedToken.TryParse(value, out var token, out _) && bool.TryParse(token, out var flag)
            ? new ReferSubHeader(flag)
            : null;
        return header is not null;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Value ? "true" : "false";
}
