using System.Security.Cryptography;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Timing;

namespace OmaIm.Stack.Dialogs;

/// <summary>A re-INVITE of ours: one at a time, sent again when it met one of the peer's (RFC 3261 section 14.1).</summary>
internal sealed class Reinvite
{
    /// <summary>Who meets a 491 this often in a row is not going to get through.</summary>
    private const int MaximumAttempts = 6;

    private readonly DialogLayer _layer;
    private readonly Dialog _dialog;
    private readonly Func<SipMessage> _create;
    private readonly Action<SipMessage> _onFinal;
    private readonly bool _ownsCallId;
    private readonly LoopTimer _retryTimer;
    private InviteCall? _call;
    private int _attempts;

    public Reinvite(DialogLayer layer, Dialog dialog, bool ownsCallId, Func<SipMessage> create, Action<SipMessage> onFinal)
    {
        _layer = layer;
        _dialog = dialog;
        _ownsCallId = ownsCallId;
        _create = create;
        _onFinal = onFinal;
        _retryTimer = layer.Transactions.Loop.CreateTimer(Send);
    }

    /// <summary>Whether an INVITE is under way; while one waits to be sent again, the peer's may come.</summary>
    public bool IsUnderWay { get; private set; }

    public void Send()
    {
        IsUnderWay = true;
        _attempts++;
        _call = new InviteCall(_layer, _create(), _layer.FlowOf(_dialog), OnSuccess, OnOther);
        _call.Start();
    }

    public void Stop() => _retryTimer.Cancel();

    /// <summary>Takes it back (section 9.1): the peer's final response comes all the same, or 487 if it waits to be sent again.</summary>
    public void Cancel()
    {
        _attempts = MaximumAttempts;
        if (IsUnderWay)
        {
            _call!.Cancel(reasonHeader: null);
            return;
        }

        _retryTimer.Cancel();
        _onFinal(SipMessage.CreateResponse(_call!.Request, 487));
    }

    private Dialog OnSuccess(SipMessage response)
    {
        IsUnderWay = false;
        _dialog.RefreshTarget(response);
        _call!.Acknowledge(_dialog);
        _onFinal(response);
        return _dialog;
    }

    private void OnOther(SipMessage response)
    {
        if (response.StatusCode < 200)
        {
            return;
        }

        IsUnderWay = false;
        if (response.StatusCode == 491 && _attempts < MaximumAttempts)
        {
            // In units of 10 ms: 2.1 to 4 s for the owner of the Call-ID, 0 to 2 s for the other.
            var units = _ownsCallId ? RandomNumberGenerator.GetInt32(210, 401) : RandomNumberGenerator.GetInt32(0, 201);
            _retryTimer.Restart(TimeSpan.FromMilliseconds(10 * units));
        }
        else
        {
            _onFinal(response);
        }
    }
}
