using System.Globalization;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Sip.Headers;
using OmaIm.Protocols.Text;
using OmaIm.Server.Core;
using OmaIm.Stack.Transactions;

namespace OmaIm.Server.Pager;

/// <summary>
/// One MESSAGE on its way to several users. The sender's answer waits for all of them: 202 when somebody has it, with a Warning that
/// names who has not; when nobody has it, the best refusal (<c>src/decisions/0007-what-202-to-a-list-means.md</c>).
/// </summary>
internal sealed class PagerFanOut(PagerServices services, ServerTransaction transaction)
{
    /// <summary>Recipients that one Warning names: a header must not outgrow what a datagram carries.</summary>
    private const int NamedRecipients = 10;

    private readonly BestRefusal _best = new(otherwise: 480);
    private readonly List<(string Aor, int Status)> _failed = [];
    private int _open;
    private int _delivered;

    /// <summary>Sends a copy to each recipient: with a Call-ID of its own, because a device may be reached under several addresses.</summary>
    /// <param name="message">What they all get.</param>
    /// <param name="recipients">Their addresses-of-record, each once.</param>
    /// <param name="isToRecipient">Whether To names the recipient, as for a list; otherwise it stays, as for a group.</param>
    public void Start(SipMessage message, IReadOnlyList<string> recipients, bool isToRecipient)
    {
        _open = recipients.Count;
        var preferences = CallerPreferences.Of(message);
        foreach (var aor in recipients)
        {
            if (SipUri.TryParse(aor, out var uri) && services.Addresses.TryGetUser(uri, out var user))
            {
                PagerDelivery.Start(services, Copy(message, uri, isToRecipient), preferences, user, outcome => OnEnd(aor, outcome));
            }
            else
            {
                OnEnd(aor, PagerOutcome.Refused(PagerRefusal.UnknownUser));
            }
        }
    }

    private static SipMessage Copy(SipMessage message, SipUri recipient, bool isToRecipient)
    {
        var copy = message.ForwardTo(recipient);
        copy.Headers.Set(SipHeaderId.CallId, RandomToken.Create());
        copy.Headers.Set(SipHeaderId.CSeq, "1 MESSAGE");
        var from = message.From!;
        copy.Headers.Set(SipHeaderId.From, new FromHeader(from.Uri, from.Parameters.With("tag", RandomToken.Create()), from.DisplayName).ToString());
        if (isToRecipient)
        {
            copy.Headers.Set(SipHeaderId.To, $"<{recipient}>");
        }

        return copy;
    }

    private void OnEnd(string aor, PagerOutcome outcome)
    {
        _open--;
        if (outcome.IsDelivered)
        {
            _delivered++;
        }
        else
        {
            _best.Note(outcome.Status, outcome.Phrase ?? SipReasonPhrases.Of(outcome.Status));
            _failed.Add((aor, outcome.Status));
        }

        if (_open == 0)
        {
            Answer();
        }
    }

    private void Answer()
    {
        var (status, phrase) = _delivered > 0 ? (202, null) : (_best.Status, _best.Phrase);
        if (_failed.Count == 0)
        {
            transaction.Respond(status, phrase, []);
        }
        else
        {
            transaction.Respond(status, phrase, Answers.Warning(services.Addresses.Domain, Report()));
        }
    }

    private string Report()
    {
        var named = string.Join(", ", _failed.Take(NamedRecipients).Select(failed => string.Create(CultureInfo.InvariantCulture, $"{failed.Aor} {failed.Status}")));
        var others = _failed.Count - NamedRecipients;
        return others > 0 ? string.Create(CultureInfo.InvariantCulture, $"Not delivered to {named} and {others} more") : "Not delivered to " + named;
    }
}
