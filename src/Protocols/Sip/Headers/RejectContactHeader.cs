using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Reject-Contact = rc-value *( COMMA rc-value ) ; "*" *( SEMI feature-param ) (RFC 3841 section 9.2).</summary>
[Header(HeaderProtocol.Sip, "Reject-Contact", Compact = "j", Cardinality = HeaderCardinality.List)]
public sealed class RejectContactHeader
{
    /// <summary>Composes a value.</summary>
    public RejectContactHeader(SipParameters parameters) => Parameters = parameters;

    /// <summary>The feature parameters.</summary>
    public SipParameters Parameters { get; }

    /// <summary>Reads one value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out RejectContactHeader? header)
    {
        header = ParameterizedToken.TryParse(value, out var token, out var parameters) && token == "*" ? new RejectContactHeader(parameters) : null;
        return header is not null;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => "*" + Parameters;
}
