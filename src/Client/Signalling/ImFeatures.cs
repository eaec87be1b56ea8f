namespace OmaIm.Client.Signalling;

/// <summary>How an OMA SIMPLE IM client names itself, and what it asks of contacts (RFC 3840, RFC 3841).</summary>
internal static class ImFeatures
{
    /// <summary>The service: sessions and pager messages.</summary>
    public const string Im = "+g.oma.sip-im";

    /// <summary>Large message mode.</summary>
    public const string LargeMessage = "+g.oma.sip-im.large-message";

    /// <summary>Parameters of a Contact, behind its URI: what this client can do.</summary>
    public const string Contact = ";" + Im + ";" + LargeMessage;

    /// <summary>Accept-Contact of what is for IM clients, and is not kept from clients that say nothing of themselves.</summary>
    public const string AcceptIm = "*;" + Im;

    public const string AcceptLargeMessage = "*;" + LargeMessage;

    /// <summary>User-Agent: the token of the enabler first.</summary>
    public const string Product = "IM-client/OMA1.0 OmaIm";
}
