using System.Globalization;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;

namespace OmaIm.Stack.Dialogs;

/// <summary>
/// One INVITE of ours, initial or within the dialog, until its last 2xx has been acknowledged (RFC 3261 sections 13.2, 14.1).
/// </summary>
internal sealed class InviteCall
{
    private readonly DialogLayer _layer;
    private readonly SipMessage _invite;
    private readonly SipFlow _flow;
    private readonly Func<SipMessage, Dialog?> _onSuccess;
    private readonly Action<SipMessage> _onOther;
    private ClientTransaction? _transaction;
    private Dialog? _dialog;
    private SipMessage? _ack;

    /// <param name="layer">Where the INVITE goes out.</param>
    /// <param name="invite">The request, without Via.</param>
    /// <param name="flow">The way.</param>
    /// <param name="onSuccess">The first 2xx: returns the dialog that it confirms, in which it is then acknowledged; null: it is no proper one.</param>
    /// <param name="onOther">Every provisional response, and the final one that is not 2xx.</param>
    public InviteCall(DialogLayer layer, SipMessage invite, SipFlow flow, Func<SipMessage, Dialog?> onSuccess, Action<SipMessage> onOther)
    {
        _layer = layer;
        _invite = invite;
        _flow = flow;
        _onSuccess = onSuccess;
        _onOther = onOther;
    }

    public SipMessage Request => _invite;

    public SipFlow Flow => _flow;

    public void Start() => _transaction = _layer.Transactions.Send(_invite, _flow, OnResponse);

    public void Cancel(string? reasonHeader) => _transaction?.Cancel(reasonHeader);

    /// <summary>Acknowledges the 2xx, for the first time.</summary>
    public void Acknowledge(Dialog dialog)
    {
        _dialog = dialog;
        _ack = dialog.CreateAck(_invite);
        _layer.Transactions.SendStateless(_ack, _layer.FlowOf(dialog));
    }

    /// <summary>A copy of the INVITE for another attempt: no Via, the next number.</summary>
    public SipMessage CreateRetry(uint number)
    {
        var retry = HeaderCopies.CopyRequest(_invite);
        retry.Headers.Set(SipHeaderId.CSeq, string.Create(CultureInfo.InvariantCulture, $"{number} INVITE"));
        return retry;
    }

    private void OnResponse(ClientTransaction transaction, SipMessage response)
    {
        if (response.StatusCode is < 200 or >= 300)
        {
            _onOther(response);
        }
        else if (_ack is null)
        {
            _dialog = _onSuccess(response);
        }
        else if (string.Equals(response.To!.Tag, _dialog!.RemoteTag, StringComparison.Ordinal))
        {
            // Our ACK was lost: every copy of the 2xx gets one.
            _layer.Transactions.SendStateless(_ack, _layer.FlowOf(_dialog));
        }
        else
        {
            EndFork(response);
        }
    }

    /// <summary>Section 13.2.2.4: the request forked and a second peer answered. We want one: the other gets ACK and BYE.</summary>
    private void EndFork(SipMessage response)
    {
        if (Dialog.FromResponse(_invite, response, _flow) is { } fork)
        {
            _layer.Transactions.SendStateless(fork.CreateAck(_invite), _flow);
            _layer.Transactions.Send(fork.CreateRequest(SipMethod.Bye), _flow, static (_, _) => { });
        }
    }
}
