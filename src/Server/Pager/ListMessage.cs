using OmaIm.Protocols.Multipart;
using OmaIm.Protocols.ResourceLists;
using OmaIm.Protocols.Sip;

namespace OmaIm.Server.Pager;

/// <summary>A MESSAGE with a recipient list, taken apart (RFC 5365 section 4).</summary>
/// <param name="Entries">Whom it is for, at least one, each address-of-record once.</param>
/// <param name="Content">All parts but the list, at least one.</param>
internal sealed record ListMessage(IReadOnlyList<ListRecipient> Entries, IReadOnlyList<BodyPart> Content)
{
    private const string RecipientList = "recipient-list";

    /// <summary>Bytes of the content together, the parts' headers not counted.</summary>
    public int Length => Content.Sum(part => part.Content.Length);

    /// <summary>Takes a message apart; null when it is one.</summary>
    public static PagerRefusal? TryRead(SipMessage message, int maximumRecipients, out ListMessage list)
    {
        list = new ListMessage([], []);
        if (message.ContentType is not { MediaType: "multipart/mixed" } || message.Headers.Contains(SipHeaderId.ContentEncoding))
        {
            return PagerRefusal.UnsupportedList;
        }

        if (!MultipartBody.TryParse(message.Headers.GetText(SipHeaderId.ContentType)!, message.Body, out var parts))
        {
            return PagerRefusal.BadRecipientList;
        }

        var lists = parts.Where(IsList).ToList();
        var content = parts.Where(part => !IsList(part)).ToList();

        // How many entries are read is bounded by the length of the document: the sender of too many shall hear how many he may name.
        if (lists.Count != 1 || content.Count == 0 || content.Any(IsHistory) || !ResourceList.TryParse(lists[0].Content, out var entries, int.MaxValue))
        {
            return PagerRefusal.BadRecipientList;
        }

        if (entries.Count > maximumRecipients)
        {
            return PagerRefusal.TooManyRecipients;
        }

        list = new ListMessage(Recipients(entries), content);
        return list.Entries.Count == 0 ? PagerRefusal.NoRecipients : null;
    }

    // Some clients leave the disposition out; the type alone says it then.
    private static bool IsList(BodyPart part) =>
        string.Equals(part.MediaType, ResourceList.ContentType, StringComparison.Ordinal)
        && string.Equals(part.Disposition ?? RecipientList, RecipientList, StringComparison.Ordinal);

    // What the recipients would take for this server's word on who else has it, however deep inside.
    private static bool IsHistory(BodyPart part) =>
        string.Equals(part.Disposition, RecipientHistory.Disposition, StringComparison.Ordinal) || part.Parts.Any(IsHistory);

    // RFC 5363 section 4.1: no recipient gets it twice. Of several entries for one, the first counts.
    private static List<ListRecipient> Recipients(IReadOnlyList<ResourceListEntry> entries) =>
    [
        .. entries
            .Select(entry => SipUri.TryParse(entry.Uri, out var uri) ? new ListRecipient(uri.Aor, entry) : null)
            .OfType<ListRecipient>()
            .DistinctBy(recipient => recipient.Aor, StringComparer.Ordinal),
    ];
}
