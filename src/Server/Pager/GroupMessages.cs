using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Pager;

/// <summary>
/// A MESSAGE to a group: to each of its members but the sender, who must be one of them. From stays the sender and To the group, so that
/// the members know where it was said.
/// </summary>
public sealed class GroupMessages(PagerServices services, IGroups groups) : IRequestHandler
{
    public void Handle(ServerTransaction transaction, Caller caller, Destination destination)
    {
        var message = transaction.Request;
        if (Check(message, caller, destination, out var recipients) is { } refusal)
        {
            services.Refuse(transaction, refusal);
            return;
        }

        services.Receipts.Expect(caller, message.ContentType?.MediaType, message.Body);
        PagerMessage.Complete(message, services.Now);
        new PagerFanOut(services, transaction).Start(message, recipients, isToRecipient: false);
    }

    private PagerRefusal? Check(SipMessage message, Caller caller, Destination destination, out IReadOnlyList<string> recipients)
    {
        recipients = [];
        if (groups.Find(destination.Name, caller.Aor) is not { } group)
        {
            return PagerRefusal.NotMember;
        }

        if (Anonymity.IsAsked(message) && !group.AllowsAnonymity)
        {
            return PagerRefusal.AnonymityNotAllowed;
        }

        recipients = [.. group.Members.Where(member => !string.Equals(member, caller.Aor, StringComparison.Ordinal))];
        return PagerMessage.Check(services, message, caller)
            ?? (message.Body.Length > services.Options.BodyBytes ? PagerRefusal.TooLarge : default(PagerRefusal?))
            ?? (recipients.Count > services.Options.Recipients ? PagerRefusal.TooManyRecipients : default(PagerRefusal?))
            ?? (recipients.Count == 0 ? PagerRefusal.NoRecipients : default(PagerRefusal?));
    }
}
