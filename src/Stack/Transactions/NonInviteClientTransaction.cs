using OmaIm.Protocols.Sip;
using OmaIm.Stack.Timing;

namespace OmaIm.Stack.Transactions;

/// <summary>The non-INVITE client transaction: RFC 3261 section 17.1.2.</summary>
internal sealed class NonInviteClientTransaction : ClientTransaction
{
    private readonly LoopTimer _retransmitTimer; // E
    private readonly LoopTimer _timeoutTimer; // F
    private readonly LoopTimer _lingerTimer; // K
    private TimeSpan _interval;

    public NonInviteClientTransaction(TransactionLayer layer, ClientRequest request)
        : base(layer, request)
    {
        _retransmitTimer = layer.Loop.CreateTimer(() => Handle(NonInviteClientInput.RetransmitTimer));
        _timeoutTimer = layer.Loop.CreateTimer(() => Handle(NonInviteClientInput.TimeoutTimer));
        _lingerTimer = layer.Loop.CreateTimer(() => Handle(NonInviteClientInput.LingerTimer));
    }

    public NonInviteClientState State { get; private set; } = NonInviteClientState.Initial;

    internal override void Start() => Enter(NonInviteClientState.Trying);

    internal override void OnTransportError() => Handle(NonInviteClientInput.TransportError);

    internal override void OnResponse(SipMessage response) =>
        Handle(response.StatusCode < 200 ? NonInviteClientInput.Provisional : NonInviteClientInput.Final, response);

    internal void Handle(NonInviteClientInput input, SipMessage? response = null)
    {
        switch ((State, input))
        {
            case (NonInviteClientState.Trying, NonInviteClientInput.RetransmitTimer):
                Retransmit();
                _interval = Timers.Next(_interval);
                _retransmitTimer.Restart(_interval);
                break;

            case (NonInviteClientState.Proceeding, NonInviteClientInput.RetransmitTimer):
                Retransmit();
                _retransmitTimer.Restart(Timers.T2);
                break;

            case (NonInviteClientState.Trying, NonInviteClientInput.Provisional):
                Enter(NonInviteClientState.Proceeding);
                Deliver(response!);
                break;

            case (NonInviteClientState.Proceeding, NonInviteClientInput.Provisional):
                Deliver(response!);
                break;

            case (NonInviteClientState.Trying or NonInviteClientState.Proceeding, NonInviteClientInput.Final):
                Enter(NonInviteClientState.Completed);
                Deliver(response!);
                break;

            case (NonInviteClientState.Trying or NonInviteClientState.Proceeding, NonInviteClientInput.TimeoutTimer):
                Enter(NonInviteClientState.Terminated);
                Fail(TransactionFailure.Timeout);
                break;

            case (NonInviteClientState.Trying or NonInviteClientState.Proceeding, NonInviteClientInput.TransportError):
                Enter(NonInviteClientState.Terminated);
                Fail(TransactionFailure.TransportError);
                break;

            case (NonInviteClientState.Completed, NonInviteClientInput.Final):
                Layer.Statistics.Absorbed++;
                break;

            case (NonInviteClientState.Completed, NonInviteClientInput.LingerTimer):
                Enter(NonInviteClientState.Terminated);
                break;

            default:
                Layer.Statistics.Unexpected++;
                break;
        }
    }

    private void Enter(NonInviteClientState next)
    {
        State = next;
        switch (next)
        {
            case NonInviteClientState.Trying:
                Transmit();
                _interval = Timers.T1;
                if (!Flow.IsReliable)
                {
                    _retransmitTimer.Restart(_interval);
                }

                _timeoutTimer.Restart(Timers.Timeout);
                break;

            case NonInviteClientState.Completed:
                _retransmitTimer.Cancel();
                _timeoutTimer.Cancel();
                if (Flow.IsReliable)
                {
                    Enter(NonInviteClientState.Terminated);
                }
                else
                {
                    _lingerTimer.Restart(Timers.T4);
                }

                break;

            case NonInviteClientState.Terminated:
                _retransmitTimer.Cancel();
                _timeoutTimer.Cancel();
                _lingerTimer.Cancel();
                Layer.Remove(this);
                break;
        }
    }
}
