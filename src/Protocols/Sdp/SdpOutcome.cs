using System.Diagnostics.CodeAnalysis;

namespace OmaIm.Protocols.Sdp;

/// <summary>What came of an offer: an answer and what was agreed, or a reason to refuse.</summary>
public sealed record SdpOutcome
{
    public SdpRejection Rejection { get; init; }

    [MemberNotNullWhen(true, nameof(Answer), nameof(Remote))]
    public bool IsAccepted => Rejection == SdpRejection.None;

    /// <summary>The answer to send, every m-line of the offer answered in its order.</summary>
    public SessionDescription? Answer { get; init; }

    /// <summary>The other side's end of the MSRP session.</summary>
    public MsrpMedia? Remote { get; init; }

    /// <summary>What the local side does: <see cref="SetupRole.Active"/> connects, <see cref="SetupRole.Passive"/> listens.</summary>
    public SetupRole LocalRole { get; init; }

    /// <summary>Which m-line of the offer was taken, from 0.</summary>
    public int MediaIndex { get; init; }
}
