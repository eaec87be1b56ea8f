using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Accept-Contact = ac-value *( COMMA ac-value ) ; "*" *( SEMI feature-param ) (RFC 3841 section 9.2).</summary>
[Header(HeaderProtocol.Sip, "Accept-Contact", Compact = "a", Cardinality = HeaderCardinality.List)]
public sealed class AcceptContactHeader
{
    /// <summary>Composes a value.</summary>
    public AcceptContactHeader(SipParameters parameters) => Parameters = parameters;

    /// <summary>The feature parameters, with require and explicit.</summary>
    public SipParameters Parameters { get; }

    /// <summary>Reads one value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out AcceptContactHeader? header)
    {
        header = ParameterizedToken.TryParse(value, out var token, out var parameters) && token == "*" ? new AcceptContactHeader(parameters) : null;
        return header is not null;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => "*" + Parameters;
}
