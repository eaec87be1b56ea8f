using System.Diagnostics.CodeAnalysis;
using System.Text;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Reason = reason-value *( COMMA reason-value ) ; reason-value = protocol *( SEMI reason-params ) (RFC 3326 section 2).</summary>
[Header(HeaderProtocol.Sip, "Reason", Cardinality = HeaderCardinality.List)]
public sealed class ReasonHeader
{
    /// <summary>Composes a value.</summary>
    public ReasonHeader(string protocol, SipParameters? parameters = null)
    {
        Protocol = protocol;
        Parameters = parameters ?? SipParameters.Empty;
    }

    /// <summary>"SIP", "Q.850"...</summary>
    public string Protocol { get; }

    /// <summary>The parameters.</summary>
    public SipParameters Parameters { get; }

    /// <summary>The cause code; null when it is absent or no number.</summary>
    public int? Cause => Digits.TryParse(Encoding.UTF8.GetBytes(Parameters["cause"] ?? ""), 999, out var cause) ? (int)cause : null;

    /// <summary>The explanation; null when there is none.</summary>
    public string? Text => Parameters["text"];

    /// <summary>Reads the value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out ReasonHeader? header)
    {
        header = ParameterizedToken.TryParse(value, out var token, out var parameters) ? new ReasonHeader(token, parameters) : null;
        return header is not null;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Protocol + Parameters;
}
