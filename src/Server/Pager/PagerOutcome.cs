using OmaIm.Protocols.Sip;

namespace OmaIm.Server.Pager;

/// <summary>What became of a message to one user.</summary>
/// <param name="Status">The final status: 200 when one of his devices took it, and never without that.</param>
/// <param name="Phrase">The phrase that came with it; null for the usual one.</param>
/// <param name="Refusal">Set when it was refused here and not by a device.</param>
/// <param name="Response">The refusal of the device that counts, for its headers; null where there is none, or where it stays here.</param>
internal readonly record struct PagerOutcome(int Status, string? Phrase = null, PagerRefusal? Refusal = null, SipMessage? Response = null)
{
    public bool IsDelivered => Status is >= 200 and < 300;

    public static PagerOutcome Refused(PagerRefusal refusal)
    {
        var (status, phrase, _) = PagerRefusals.Describe(refusal);
        return new PagerOutcome(status, phrase ?? SipReasonPhrases.Of(status), refusal);
    }
}
