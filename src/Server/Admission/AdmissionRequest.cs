using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;

namespace OmaIm.Server.Admission;

/// <summary>A request on its way through the admission pipeline.</summary>
public sealed class AdmissionRequest(SipMessage message, Destination destination)
{
    public SipMessage Message { get; } = message;

    public Destination Destination { get; } = destination;

    /// <summary>Set by the authentication stage.</summary>
    public Caller? Caller { get; set; }

    /// <summary>Extensions that were asked for and are not there; set by the extension stage.</summary>
    public IReadOnlyList<string> Unsupported { get; set; } = [];

    /// <summary>
    /// Whether the server acts as a proxy: requests for other users and for other domains are relayed (407),
    /// everything else ends here (401). A registrar is always a UAS.
    /// </summary>
    public bool IsForProxy =>
        Message.Method != SipMethod.Register && (Destination.Kind is DestinationKind.User or DestinationKind.Elsewhere);
}
