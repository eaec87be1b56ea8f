using System.Diagnostics.CodeAnalysis;
using OmaIm.Protocols.Text;

namespace OmaIm.Protocols.Sip.Headers;

/// <summary>Subscription-State = substate-value *( SEMI subexp-params ) (RFC 6665 section 8.2.3).</summary>
[Header(HeaderProtocol.Sip, "Subscription-State")]
public sealed class SubscriptionStateHeader
{
    /// <summary>Composes a value.</summary>
    public SubscriptionStateHeader(string state, SipParameters? parameters = null)
    {
        State = state;
        Parameters = parameters ?? SipParameters.Empty;
    }

    /// <summary>"active", "pending" or "terminated" (or an extension), in lower case.</summary>
    public string State { get; }

    /// <summary>The parameters.</summary>
    public SipParameters Parameters { get; }

    /// <summary>Why a subscription ended: "deactivated", "noresource"...; null when it is not said.</summary>
    public string? Reason => Parameters["reason"];

    /// <summary>The remaining seconds; null when they are not said.</summary>
    public int? Expires { get; private init; }

    /// <summary>The seconds after which to subscribe anew; null when they are not said.</summary>
    public int? RetryAfter { get; private init; }

    /// <summary>Reads the value; false when it breaks the grammar.</summary>
    public static bool TryParse(ReadOnlySpan<byte> value, [NotNullWhen(true)] out SubscriptionStateHeader? header)
    {
        header = null;
        if (!ParameterizedToken.TryParse(value, out var state, out var parameters)
            || !DeltaSeconds.TryRead(parameters, "expires", out var expires)
            || !DeltaSeconds.TryRead(parameters, "retry-after", out var retryAfter))
        {
            return false;
        }

        header = new SubscriptionStateHeader(state.ToLowerInvariant(), parameters) { Expires = expires, RetryAfter = retryAfter };
        return true;
    }

    /// <summary>The value as it is written.</summary>
    public override string ToString() => State + Parameters;
}
