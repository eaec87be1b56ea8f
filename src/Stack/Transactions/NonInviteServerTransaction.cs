using OmaIm.Protocols.Sip;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transport;

namespace OmaIm.Stack.Transactions;

/// <summary>The non-INVITE server transaction: RFC 3261 section 17.2.2, RFC 4320.</summary>
internal sealed class NonInviteServerTransaction : ServerTransaction
{
    private readonly LoopTimer _lingerTimer; // J
    private readonly LoopTimer _abandonTimer;
    private byte[]? _response;

    public NonInviteServerTransaction(TransactionLayer layer, SipMessage request, SipFlow flow)
        : base(layer, request, flow)
    {
        _lingerTimer = layer.Loop.CreateTimer(() => Handle(NonInviteServerInput.LingerTimer));
        _abandonTimer = layer.Loop.CreateTimer(() => Handle(NonInviteServerInput.AbandonTimer));
    }

    public NonInviteServerState State { get; private set; } = NonInviteServerState.Initial;

    internal override void Start() => Enter(NonInviteServerState.Trying);

    internal override void OnRetransmission() => Handle(NonInviteServerInput.Request);

    internal void Handle(NonInviteServerInput input, SipMessage? response = null)
    {
        switch ((State, input))
        {
            case (NonInviteServerState.Trying, NonInviteServerInput.Request):
                Layer.Statistics.Absorbed++;
                break;

            case (NonInviteServerState.Proceeding or NonInviteServerState.Completed, NonInviteServerInput.Request):
                Layer.Statistics.Absorbed++;
                Retransmit(_response);
                break;

            case (NonInviteServerState.Trying, NonInviteServerInput.Provisional):
                Send(response!);
                Enter(NonInviteServerState.Proceeding);
                break;

            case (NonInviteServerState.Proceeding, NonInviteServerInput.Provisional):
                Send(response!);
                break;

            case (NonInviteServerState.Trying or NonInviteServerState.Proceeding, NonInviteServerInput.Final):
                Send(response!);
                Enter(NonInviteServerState.Completed);
                break;

            case (NonInviteServerState.Trying or NonInviteServerState.Proceeding, NonInviteServerInput.AbandonTimer):
                Layer.Statistics.Abandoned++;
                Enter(NonInviteServerState.Terminated);
                break;

            case (NonInviteServerState.Completed, NonInviteServerInput.LingerTimer):
                Enter(NonInviteServerState.Terminated);
                break;

            default:
                Layer.Statistics.Unexpected++;
                break;
        }
    }

    private protected override void OnRespond(SipMessage response) =>
        Handle(response.StatusCode < 200 ? NonInviteServerInput.Provisional : NonInviteServerInput.Final, response);

    private void Enter(NonInviteServerState next)
    {
        State = next;
        switch (next)
        {
            case NonInviteServerState.Trying:
                _abandonTimer.Restart(Timers.Timeout);
                break;

            case NonInviteServerState.Completed:
                _abandonTimer.Cancel();
                if (IsReliable)
                {
                    Enter(NonInviteServerState.Terminated);
                }
                else
                {
                    _lingerTimer.Restart(Timers.Timeout);
                }

                break;

            case NonInviteServerState.Terminated:
                _abandonTimer.Cancel();
                _lingerTimer.Cancel();
                Layer.Remove(this);
                break;
        }
    }

    private void Send(SipMessage response)
    {
        _response = response.ToArray();
        Transmit(_response);
    }
}
