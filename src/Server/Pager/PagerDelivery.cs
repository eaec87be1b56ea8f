using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Pager;

/// <summary>
/// One MESSAGE on its way to all contacts of a user at once (RFC 3261 section 16.7). The sender's 200 is a contact's 200, the first that
/// comes; when none comes, the best refusal counts.
/// </summary>
internal sealed class PagerDelivery
{
    private readonly PagerRequests _pager;
    private readonly ServerTransaction _transaction;
    private readonly LoopTimer _timer;
    private readonly BestRefusal _best = new(otherwise: 408);
    private int _open;

    public PagerDelivery(PagerRequests pager, ServerTransaction transaction)
    {
        _pager = pager;
        _transaction = transaction;
        _timer = pager.Transactions.Loop.CreateTimer(() => End(_best.Status, _best.Phrase));
    }

    public void Start(IReadOnlyList<RegisteredContact> contacts)
    {
        _timer.Restart(_pager.Options.Timeout);
        _open = contacts.Count;
        foreach (var contact in contacts)
        {
            var message = _transaction.Request.ForwardTo(contact.Uri);
            _pager.Transactions.Send(message, contact.Flow, OnResponse);
        }
    }

    private void OnResponse(ClientTransaction contact, SipMessage response)
    {
        if (response.StatusCode < 200)
        {
            return;
        }

        _open--;
        if (response.StatusCode < 300)
        {
            // Not a contact's 202 as it is: from this server that would say that the message is stored here.
            End(200, null);
            return;
        }

        _best.Note(response.StatusCode, response.ReasonPhrase);
        if (_open == 0)
        {
            End(_best.Status, _best.Phrase);
        }
    }

    private void End(int status, string? phrase)
    {
        if (_transaction.IsAnswered)
        {
            return;
        }

        _timer.Cancel();

        // Section 16.7: what a contact says about redirection, credentials or its own overload is for us, not for the sender.
        var isOurs = status is (>= 300 and < 400) or 401 or 407 or 503;
        _transaction.Respond(isOurs ? 480 : status, isOurs ? null : phrase, []);
        _pager.Metrics.Paged(isDelivered: status < 300);
    }
}
