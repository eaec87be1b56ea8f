using OmaIm.Client;
using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.Sip;

namespace OmaIm.Cli.Im;

/// <summary>
/// What the receipts for one message come to. A recipient may have several devices, of which one failing says nothing of the others; behind a
/// group there may be several recipients. Not thread-safe.
/// </summary>
/// <param name="recipient">SIP URI that the message goes to.</param>
/// <param name="untilDisplayed">Delivery alone is not enough.</param>
internal sealed class MessageOutcome(string recipient, bool untilDisplayed)
{
    private readonly string _recipient = SipUri.TryParse(recipient, out var uri) ? uri.Aor : recipient;
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _delivered = new(StringComparer.Ordinal);
    private bool _isConfirmed;

    /// <summary>What is known so far.</summary>
    public int Code => _failed.Any(failed => !_delivered.Contains(failed)) ? ExitCode.Failed
        : _isConfirmed ? ExitCode.Ok
        : ExitCode.NotConfirmed;

    /// <summary>The answer to the message, or a report, says that the receiver's client has it: as good as a receipt for its delivery.</summary>
    public void Answered() => _isConfirmed |= !untilDisplayed;

    /// <summary>Takes a receipt. True when nothing more need be waited for: of a group nobody knows how many will answer.</summary>
    public bool Take(Receipt receipt)
    {
        switch (ExitCode.Of(receipt))
        {
            case ExitCode.Failed:
                _failed.Add(receipt.From);
                break;
            case ExitCode.Ok:
                _delivered.Add(receipt.From);
                if (!untilDisplayed || receipt.Status == ImdnStatus.Displayed)
                {
                    _isConfirmed = true;
                    return receipt.From == _recipient;
                }

                break;
        }

        return false;
    }
}
