using System.Diagnostics.CodeAnalysis;

namespace OmaIm.Protocols.Sdp;

/// <summary>Offer and answer (RFC 3264) for MSRP sessions (RFC 4975 section 8, RFC 6135).</summary>
public static class MsrpOfferAnswer
{
    /// <summary>An offer with one MSRP stream.</summary>
    public static SessionDescription Offer(MsrpLocal local) => throw new NotSupportedException();

    /// <summary>Answers an offer: passive whenever the offer allows it, all m-lines but the chosen one rejected by port 0.</summary>
    public static SdpOutcome Answer(SessionDescription offer, MsrpLocal local) => throw new NotSupportedException();

    /// <summary>Reads the MSRP stream of an answer. False when it was rejected or is unusable.</summary>
    public static bool TryReadAnswer(SessionDescription answer, [NotNullWhen(true)] out MsrpMedia? remote) => throw new NotSupportedException();

    /// <summary>What the offerer does once the answer is there.</summary>
    public static SetupRole RoleOfOfferer(SetupRole? offered, SetupRole? answered) => throw new NotSupportedException();

    /// <summary>Gives a further description of the same dialog the origin of the previous one: same version when nothing changed, otherwise one higher (RFC 3264 section 8).</summary>
    public static SessionDescription Revise(SessionDescription next, SessionDescription previous) => throw new NotSupportedException();

    /// <summary>Words for the reason phrase or Warning text of a 488.</summary>
    public static string Phrase(SdpRejection rejection) => throw new NotSupportedException();
}
