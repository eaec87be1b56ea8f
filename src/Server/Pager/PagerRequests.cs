using System.Globalization;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;

namespace OmaIm.Server.Pager;

/// <summary>Pager mode (RFC 3428): a MESSAGE outside a dialog for a user of the domain goes to all devices under which he is registered.</summary>
public sealed class PagerRequests(
    AddressPlan addresses, ILocationService locations, TransactionLayer transactions, PagerOptions options, ServerMetrics metrics) : IRequestHandler
{
    /// <summary>Bytes that a Via of ours adds on the way out.</summary>
    private const int ViaBytes = 150;

    internal TransactionLayer Transactions => transactions;

    internal PagerOptions Options => options;

    internal ServerMetrics Metrics => metrics;

    public void Handle(ServerTransaction transaction, Caller caller, Destination destination)
    {
        var request = transaction.Request;
        var contacts = CallerPreferences.Select(request, locations.Find(addresses.AorOf(destination.Name)));
        if (!request.Body.IsEmpty && request.ContentType is null)
        {
            Refuse(transaction, PagerRefusal.NoContentType);
        }
        else if (request.Body.Length > options.BodyBytes)
        {
            Refuse(transaction, PagerRefusal.TooLarge, options.BodyBytes);
        }
        else if (contacts.Count == 0)
        {
            Refuse(transaction, PagerRefusal.Offline);
        }
        else if (Fitting(contacts, request) is { Count: > 0 } reached)
        {
            new PagerDelivery(this, transaction).Start(reached);
        }
        else
        {
            Refuse(transaction, PagerRefusal.TooLargeForPath, options.DatagramBytes);
        }
    }

    private List<RegisteredContact> Fitting(IReadOnlyList<RegisteredContact> contacts, SipMessage request)
    {
        bool Fits(RegisteredContact contact) => request.ForwardTo(contact.Uri).ToArray().Length + ViaBytes <= options.DatagramBytes;
        return [.. contacts.Where(contact => contact.Flow.Protocol != SipProtocol.Udp || Fits(contact))];
    }

    private void Refuse(ServerTransaction transaction, PagerRefusal refusal, int limit = 0)
    {
        var (status, phrase, tag) = PagerRefusals.Describe(refusal);
        metrics.Refused("pager", tag);
        if (limit > 0)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"133 Size exceeded, {limit} bytes at most");
            transaction.Respond(status, phrase, Answers.Warning(addresses.Domain, text));
        }
        else
        {
            transaction.Respond(status, phrase, []);
        }
    }
}
