using OmaIm.Protocols.Sip;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transactions;

namespace OmaIm.Stack.Dialogs;

/// <summary>
/// Sends the 2xx to an INVITE again, from T1 doubling to T2, until its ACK comes: end to end, hence over every transport
/// (RFC 3261 section 13.3.1.4).
/// </summary>
internal sealed class AnswerRetransmission
{
    private readonly ServerTransaction _transaction;
    private readonly SipMessage _response;
    private readonly TransactionTimers _timers;
    private readonly LoopTimer _retransmitTimer;
    private readonly LoopTimer _ackTimer;
    private TimeSpan _interval;

    public AnswerRetransmission(TransactionLayer layer, ServerTransaction transaction, SipMessage response, Action onTimeout)
    {
        _transaction = transaction;
        _response = response;
        _timers = layer.Timers;
        _retransmitTimer = layer.Loop.CreateTimer(Retransmit);
        _ackTimer = layer.Loop.CreateTimer(() =>
        {
            Stop();
            onTimeout();
        });
    }

    public bool IsActive => _ackTimer.IsArmed;

    public void Start()
    {
        _interval = _timers.T1;
        _transaction.Respond(_response);
        _retransmitTimer.Restart(_interval);
        _ackTimer.Restart(_timers.Timeout);
    }

    /// <summary>True when the ACK is for this 2xx and the first of its kind.</summary>
    public bool TryAcknowledge(SipMessage ack)
    {
        if (!IsActive || ack.CSeq!.Number != _transaction.Request.CSeq!.Number)
        {
            return false;
        }

        Stop();
        _transaction.KeepOutline();
        return true;
    }

    public void Stop()
    {
        _retransmitTimer.Cancel();
        _ackTimer.Cancel();
    }

    private void Retransmit()
    {
        _transaction.Respond(_response);
        _interval = _timers.Next(_interval);
        _retransmitTimer.Restart(_interval);
    }
}
