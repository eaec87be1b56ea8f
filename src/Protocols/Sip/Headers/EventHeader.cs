using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Event = event-type *( SEMI event-param ) (RFC 6665 section 8.2.1).</summary>
[Header(HeaderProtocol.Sip, "Event", Compact = "o")]
public sealed class EventHeader
{
    /// <summary>Composes a value.</summary>
    public EventHeader(string package, SipParameters? parameters = null)
    {
        Package = package;
        Parameters = parameters ?? SipParameters.Empty;
    }

    /// <summary>The event package with its templates: "conference", "presence.winfo". Compared with case.</summary>
    public string Package { get; }

    /// <summary>The parameters.</summary>
    public SipParameters Parameters { get; }

    /// <summary>The id parameter, which tells subscriptions of one dialog apart; null when there is none.</summary>
    public string? Id => Parameters["id"];

    /// <summary>Reads the value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out EventHeader? header)
    {
        header = ParameterizedToken.TryParse(value, out var token, out var parameters) ? new EventHeader(token, parameters) : null;
        return header is not null;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => Package + Parameters;
}
