using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transport;

namespace OmaIm.Server.Registrar;

/// <summary>One contact of an address-of-record, with the request that bound it last (RFC 3261 section 10.3).</summary>
public sealed class Binding(SipUri uri)
{
    public SipUri Uri { get; } = uri;

    public required SipParameters Parameters { get; set; }

    /// <summary>What the parameters say about the device, read once (RFC 3840).</summary>
    public required FeatureSet Features { get; set; }

    public required double Q { get; set; }

    public required string CallId { get; set; }

    public required uint CSeq { get; set; }

    /// <summary>The way that the REGISTER came: the way back through NAT and over the connection that the client opened.</summary>
    public required SipFlow Flow { get; set; }

    /// <summary>When it expires, as a timestamp of the loop's clock.</summary>
    public required long Expires { get; set; }

    public LoopTimer? Timer { get; set; }
}
