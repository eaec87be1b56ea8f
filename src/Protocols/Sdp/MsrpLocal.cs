namespace OmaIm.Protocols.Sdp;

/// <summary>What the local side brings to an offer or an answer.</summary>
public sealed record MsrpLocal
{
    /// <summary>The local end. In an answer <see cref="MsrpMedia.Setup"/> is decided by the offer, but for a side that is active alone.</summary>
    public required MsrpMedia Media { get; init; }

    /// <summary>The <c>o=</c> line to write. Keep it for the whole dialog; <see cref="MsrpOfferAnswer.Revise"/> raises its version.</summary>
    public required SdpOrigin Origin { get; init; }

    /// <summary>Media types that the other side must accept unwrapped; an offer without one of them is refused. Rooms demand message/cpim.</summary>
    public IReadOnlyList<string> RequiredTypes { get; init; } = [];
}
