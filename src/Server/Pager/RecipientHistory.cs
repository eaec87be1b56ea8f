using OmaIm.Protocols.Multipart;
using OmaIm.Protocols.ResourceLists;
using OmaIm.Server.Core;

namespace OmaIm.Server.Pager;

/// <summary>
/// What the recipients of a list learn of each other (RFC 5365 section 7.3, RFC 5364 section 4): those whom the sender marked "to" or "cc",
/// each that he wants anonymous as <c>sip:anonymous@anonymous.invalid</c>, all of those together in one entry with their count. Blind
/// copies, and entries without a mark, are nobody's business.
/// </summary>
internal static class RecipientHistory
{
    /// <summary>The disposition type of the list.</summary>
    public const string Disposition = "recipient-list-history";

    /// <summary>The body part for the recipients; null when there is nothing that they may know.</summary>
    public static BodyPart? Create(IReadOnlyList<ListRecipient> recipients)
    {
        var shown = recipients.Select(recipient => recipient.Entry).Where(entry => entry.CopyControl is CopyControl.To or CopyControl.Cc).ToList();
        if (shown.Count == 0)
        {
            return null;
        }

        var named = shown.Where(entry => !entry.Anonymize);
        var anonymous = shown
            .Where(entry => entry.Anonymize)
            .GroupBy(entry => entry.CopyControl)
            .Select(group => new ResourceListEntry(Anonymity.Aor, group.Key, Count: group.Count()));
        return BodyPart.Create(ResourceList.ContentType, ResourceList.Write([.. named, .. anonymous]), Disposition + ";handling=optional");
    }
}
