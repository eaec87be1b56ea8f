using OmaIm.Protocols.Sip;
using OmaIm.Stack.Timing;

namespace OmaIm.Stack.Transactions;

/// <summary>The INVITE client transaction: RFC 3261 section 17.1.1 with the Accepted state of RFC 6026 section 8.4.</summary>
internal sealed class InviteClientTransaction : ClientTransaction
{
    private readonly LoopTimer _retransmitTimer; // A
    private readonly LoopTimer _timeoutTimer; // B, C
    private readonly LoopTimer _lingerTimer; // D, M
    private TimeSpan _interval;
    private byte[]? _ack;
    private bool _cancelWanted;
    private bool _cancelSent;
    private string? _cancelReason;

    public InviteClientTransaction(TransactionLayer layer, ClientRequest request)
        : base(layer, request)
    {
        _retransmitTimer = layer.Loop.CreateTimer(() => Handle(InviteClientInput.RetransmitTimer));
        _timeoutTimer = layer.Loop.CreateTimer(() => Handle(InviteClientInput.TimeoutTimer));
        _lingerTimer = layer.Loop.CreateTimer(() => Handle(InviteClientInput.LingerTimer));
    }

    public InviteClientState State { get; private set; } = InviteClientState.Initial;

    public override void Cancel(string? reasonHeader = null)
    {
        _cancelReason ??= reasonHeader;
        Handle(InviteClientInput.Cancel);
    }

    internal override void Start() => Enter(InviteClientState.Calling);

    internal override void OnTransportError() => Handle(InviteClientInput.TransportError);

    internal override void OnResponse(SipMessage response) => Handle(
        response.StatusCode switch
        {
            < 200 => InviteClientInput.Provisional,
            < 300 => InviteClientInput.Success,
            _ => InviteClientInput.Failure,
        },
        response);

    internal void Handle(InviteClientInput input, SipMessage? response = null)
    {
        switch ((State, input))
        {
            case (InviteClientState.Calling, InviteClientInput.RetransmitTimer):
                Retransmit();
                _interval *= 2; // no cap: RFC 3261 section 17.1.1.2
                _retransmitTimer.Restart(_interval);
                break;

            case (InviteClientState.Calling, InviteClientInput.Provisional):
                Enter(InviteClientState.Proceeding);
                Deliver(response!);
                break;

            case (InviteClientState.Proceeding, InviteClientInput.Provisional):
                ExtendProceeding();
                Deliver(response!);
                break;

            case (InviteClientState.Calling or InviteClientState.Proceeding, InviteClientInput.Success):
                Enter(InviteClientState.Accepted);
                Deliver(response!);
                break;

            case (InviteClientState.Accepted, InviteClientInput.Success):
                // A copy, or the answer of another branch of a fork: both are the user agent's to acknowledge.
                Deliver(response!);
                break;

            case (InviteClientState.Calling or InviteClientState.Proceeding, InviteClientInput.Failure):
                _ack = HopByHop.CreateAck(Request, response!).ToArray();
                Enter(InviteClientState.Completed);
                Deliver(response!);
                break;

            case (InviteClientState.Completed, InviteClientInput.Failure):
                Flow.Send(_ack);
                break;

            case (InviteClientState.Calling, InviteClientInput.Cancel):
                _cancelWanted = true;
                break;

            case (InviteClientState.Proceeding, InviteClientInput.Cancel):
                SendCancel();
                break;

            case (InviteClientState.Proceeding, InviteClientInput.TimeoutTimer) when !_cancelSent:
                SendCancel(); // timer C: RFC 3261 section 16.8
                break;

            case (InviteClientState.Calling or InviteClientState.Proceeding, InviteClientInput.TimeoutTimer or InviteClientInput.TransportError):
                Enter(InviteClientState.Terminated);
                Fail(input == InviteClientInput.TimeoutTimer ? TransactionFailure.Timeout : TransactionFailure.TransportError);
                break;

            case (InviteClientState.Completed, InviteClientInput.TransportError):
            case (InviteClientState.Completed or InviteClientState.Accepted, InviteClientInput.LingerTimer):
                Enter(InviteClientState.Terminated);
                break;

            default:
                Layer.Statistics.Unexpected++;
                break;
        }
    }

    private void Enter(InviteClientState next)
    {
        State = next;
        _retransmitTimer.Cancel();
        switch (next)
        {
            case InviteClientState.Calling:
                Transmit();
                _interval = Timers.T1;
                if (!Flow.IsReliable)
                {
                    _retransmitTimer.Restart(_interval);
                }

                _timeoutTimer.Restart(Timers.Timeout);
                break;

            case InviteClientState.Proceeding:
                _timeoutTimer.Restart(Timers.Proceeding);
                if (_cancelWanted)
                {
                    SendCancel();
                }

                break;

            case InviteClientState.Accepted:
                _timeoutTimer.Cancel();
                _lingerTimer.Restart(Timers.Timeout);
                break;

            case InviteClientState.Completed:
                _timeoutTimer.Cancel();
                Flow.Send(_ack);
                if (Flow.IsReliable)
                {
                    Enter(InviteClientState.Terminated);
                }
                else
                {
                    _lingerTimer.Restart(Timers.Timeout);
                }

                break;

            case InviteClientState.Terminated:
                _timeoutTimer.Cancel();
                _lingerTimer.Cancel();
                Layer.Remove(this);
                break;
        }
    }

    private void ExtendProceeding()
    {
        if (!_cancelSent)
        {
            _timeoutTimer.Restart(Timers.Proceeding);
        }
    }

    private void SendCancel()
    {
        if (!_cancelSent)
        {
            _cancelSent = true;
            _timeoutTimer.Restart(Timers.Timeout);
            var cancel = HopByHop.CreateCancel(Request);
            if (_cancelReason is not null)
            {
                cancel.Headers.Set(SipHeaderId.Reason, _cancelReason);
            }

            Layer.SendCancel(cancel, Flow);
        }
    }
}
