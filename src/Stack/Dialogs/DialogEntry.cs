using OmaIm.Protocols.Sip.Headers;

namespace OmaIm.Stack.Dialogs;

/// <summary>A dialog and what lives in it; it goes with its last usage (RFC 5057).</summary>
internal sealed class DialogEntry(Dialog dialog)
{
    public Dialog Dialog => dialog;

    public InviteUsage? Invite { get; set; }

    public List<NotifierUsage> Notifiers { get; } = [];

    public List<SubscriberUsage> Subscribers { get; } = [];

    public bool IsEmpty => Invite is null && Notifiers.Count == 0 && Subscribers.Count == 0;

    public NotifierUsage? FindNotifier(EventHeader package) => Notifiers.Find(usage => Matches(package, usage.Package, usage.EventId));

    /// <summary>RFC 3515 section 2.4.6: the NOTIFYs of a REFER may leave the id out, then the oldest is meant.</summary>
    public SubscriberUsage? FindSubscriber(EventHeader package) =>
        Subscribers.Find(usage => Matches(package, usage.Package, usage.EventId))
        ?? (package is { Package: SubscriberUsage.ReferPackage, Id: null } ? Subscribers.Find(static usage => usage.Package == SubscriberUsage.ReferPackage) : null);

    /// <summary>RFC 6665 section 8.2.1: both the package and the id are compared byte by byte.</summary>
    private static bool Matches(EventHeader header, string package, string? id) =>
        string.Equals(header.Package, package, StringComparison.Ordinal) && string.Equals(header.Id, id, StringComparison.Ordinal);
}
