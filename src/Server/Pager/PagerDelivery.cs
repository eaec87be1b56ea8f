using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;

namespace OmaIm.Server.Pager;

/// <summary>
/// One MESSAGE on its way to all contacts of a user at once (RFC 3261 section 16.7). It is delivered with the first contact's 2xx; when
/// none comes, the best refusal counts.
/// </summary>
internal sealed class PagerDelivery
{
    /// <summary>Bytes that a Via of ours adds on the way out.</summary>
    private const int ViaBytes = 150;

    private readonly PagerServices _services;
    private readonly Action<PagerOutcome> _onEnd;
    private readonly LoopTimer _timer;
    private readonly BestRefusal _best = new(otherwise: 480);
    private int _open;
    private bool _isOver;

    private PagerDelivery(PagerServices services, Action<PagerOutcome> onEnd)
    {
        _services = services;
        _onEnd = onEnd;
        _timer = services.Transactions.Loop.CreateTimer(() => End(_best.Status, _best.Phrase, _best.Response));
    }

    /// <summary>Sends a message to a user; what became of it is told once, at once or within the timeout.</summary>
    /// <param name="services">What pager mode works with.</param>
    /// <param name="message">The message.</param>
    /// <param name="preferences">Which of his contacts its sender asks for.</param>
    /// <param name="user">The user.</param>
    /// <param name="onEnd">Is told what became of it.</param>
    /// <param name="waited">How long the sender has waited already: the contacts have that much less time.</param>
    public static void Start(
        PagerServices services, SipMessage message, CallerPreferences preferences, string user, Action<PagerOutcome> onEnd, TimeSpan waited = default)
    {
        if (!services.Accounts.Exists(user))
        {
            onEnd(PagerOutcome.Refused(PagerRefusal.UnknownUser));
            return;
        }

        var contacts = preferences.Select(services.Locations.Find(services.Addresses.AorOf(user)));
        var reached = contacts.Where(contact => Fits(services, message, contact)).ToList();
        if (reached.Count > 0)
        {
            new PagerDelivery(services, onEnd).Send(message, reached, services.Options.Timeout - waited);
        }
        else
        {
            onEnd(PagerOutcome.Refused(contacts.Count == 0 ? PagerRefusal.Offline : PagerRefusal.TooLargeForPath));
        }
    }

    private static bool Fits(PagerServices services, SipMessage message, RegisteredContact contact) =>
        contact.Flow.Protocol != SipProtocol.Udp
        || PagerMessage.ForContact(message, contact.Uri).ToArray().Length + ViaBytes <= services.Options.DatagramBytes;

    private void Send(SipMessage message, List<RegisteredContact> contacts, TimeSpan timeout)
    {
        _timer.Restart(timeout);
        _open = contacts.Count;
        foreach (var contact in contacts)
        {
            _services.Transactions.Send(PagerMessage.ForContact(message, contact.Uri), contact.Flow, OnResponse);
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
            End(200, null, null);
            return;
        }

        _best.Note(response);
        if (_open == 0)
        {
            End(_best.Status, _best.Phrase, _best.Response);
        }
    }

    private void End(int status, string? phrase, SipMessage? response)
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        _timer.Cancel();

        var isOurs = Answers.IsForServer(status);
        var outcome = isOurs ? new PagerOutcome(480) : new PagerOutcome(status, phrase, Response: response);
        _services.Metrics.Paged(outcome.IsDelivered);
        _onEnd(outcome);
    }
}
