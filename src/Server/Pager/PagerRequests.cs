using OmaIm.Server.Core;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Pager;

/// <summary>
/// Pager mode (RFC 3428): a MESSAGE outside a dialog for a user of the domain goes to all his devices that the sender asks for. The
/// sender's 200 is a device's 200.
/// </summary>
public sealed class PagerRequests(PagerServices services) : IRequestHandler
{
    public void Handle(ServerTransaction transaction, Caller caller, Destination destination)
    {
        var message = transaction.Request;
        if (PagerMessage.Check(services, message, caller) is { } refusal)
        {
            services.Refuse(transaction, refusal);
        }
        else if (message.Body.Length > services.Options.BodyBytes)
        {
            services.Refuse(transaction, PagerRefusal.TooLarge);
        }
        else
        {
            PagerMessage.Complete(message, services.Now);
            if (services.Receipts.TryTake(transaction, caller, destination.Name))
            {
                return;
            }

            PagerDelivery.Start(services, message, CallerPreferences.Of(message), destination.Name, outcome => services.Answer(transaction, outcome));
        }
    }
}
