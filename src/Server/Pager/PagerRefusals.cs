using System.Globalization;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;

namespace OmaIm.Server.Pager;

/// <summary>The one place that maps refusals to the wire and to the metric's tag.</summary>
public static class PagerRefusals
{
    public static (int Status, string? Phrase, string Tag) Describe(PagerRefusal refusal) => refusal switch
    {
        PagerRefusal.NoContentType => (400, "Missing Content-Type", "no_content_type"),
        PagerRefusal.BadContentType => (400, "Bad Content-Type", "bad_content_type"),
        PagerRefusal.TooLarge => (413, null, "too_large"),
        PagerRefusal.Expired => (480, "Message Expired", "expired"),
        PagerRefusal.BadCpim => (400, "Bad message/cpim", "bad_cpim"),
        PagerRefusal.ForeignCpimFrom => (403, "CPIM From Is Not the Authenticated User", "foreign_cpim_from"),
        PagerRefusal.NamedInCpim => (400, "CPIM From Names Who Asks for Privacy", "named_in_cpim"),
        PagerRefusal.UnknownUser => (404, null, "unknown_user"),
        PagerRefusal.Offline => (480, null, "offline"),
        PagerRefusal.TooLargeForPath => (513, null, "too_large_for_path"),
        PagerRefusal.UnsupportedList => (415, null, "unsupported_list"),
        PagerRefusal.BadRecipientList => (400, "Bad Recipient List", "bad_recipient_list"),
        PagerRefusal.NoRecipients => (403, "No Destinations", "no_recipients"),
        PagerRefusal.TooManyRecipients => (486, "Too Many Recipients", "too_many_recipients"),
        PagerRefusal.NotMember => (403, "Not a Member of the Group", "not_member"),
        PagerRefusal.AnonymityNotAllowed => (403, "Anonymity Not Allowed", "anonymity_not_allowed"),
        _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "not a refusal"),
    };

    /// <summary>The headers that belong to a refusal: what OMA's clients look for in the text of a Warning, or what would be accepted.</summary>
    internal static (SipHeaderId Id, string Value)[] Headers(PagerRefusal refusal, string agent, PagerOptions options)
    {
        (SipHeaderId, string)[] Warning(FormattableString text) => [Answers.Warning(agent, text.ToString(CultureInfo.InvariantCulture))];
        return refusal switch
        {
            PagerRefusal.TooLarge => Warning($"133 Size exceeded, {options.BodyBytes} bytes at most"),
            PagerRefusal.TooLargeForPath => Warning($"133 Size exceeded, {options.DatagramBytes} bytes at most"),
            PagerRefusal.UnsupportedList => [(SipHeaderId.Accept, "multipart/mixed"), Answers.Unpacked],
            PagerRefusal.NoRecipients => Warning($"129 No destinations"),
            PagerRefusal.TooManyRecipients => Warning($"{options.Recipients} recipients at most"),
            PagerRefusal.NotMember => Warning($"127 Service not authorised"),
            PagerRefusal.AnonymityNotAllowed => Warning($"119 Anonymity not allowed"),
            _ => [],
        };
    }
}
