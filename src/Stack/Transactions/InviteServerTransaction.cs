using OmaIm.Protocols.Sip;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transport;

namespace OmaIm.Stack.Transactions;

/// <summary>The INVITE server transaction: RFC 3261 section 17.2.1 with the Accepted state of RFC 6026 section 8.5.</summary>
internal sealed class InviteServerTransaction : ServerTransaction
{
    private readonly LoopTimer _tryingTimer;
    private readonly LoopTimer _retransmitTimer; // G
    private readonly LoopTimer _ackTimer; // H
    private readonly LoopTimer _lingerTimer; // I, L
    private readonly LoopTimer _abandonTimer;
    private TimeSpan _interval;
    private byte[]? _response;
    private bool _isChallenge;

    public InviteServerTransaction(TransactionLayer layer, SipMessage request, SipFlow flow)
        : base(layer, request, flow)
    {
        _tryingTimer = layer.Loop.CreateTimer(() => Handle(InviteServerInput.TryingTimer));
        _retransmitTimer = layer.Loop.CreateTimer(() => Handle(InviteServerInput.RetransmitTimer));
        _ackTimer = layer.Loop.CreateTimer(() => Handle(InviteServerInput.AckTimer));
        _lingerTimer = layer.Loop.CreateTimer(() => Handle(InviteServerInput.LingerTimer));
        _abandonTimer = layer.Loop.CreateTimer(() => Handle(InviteServerInput.AbandonTimer));
    }

    public InviteServerState State { get; private set; } = InviteServerState.Initial;

    internal override void Start() => Enter(InviteServerState.Proceeding);

    internal override void OnRetransmission() => Handle(InviteServerInput.Request);

    /// <summary>An ACK with the branch of the INVITE. False: it acknowledges our 2xx and is the user agent's.</summary>
    internal bool OnAck()
    {
        Handle(InviteServerInput.Ack);
        return State != InviteServerState.Accepted;
    }

    internal void Handle(InviteServerInput input, SipMessage? response = null)
    {
        switch ((State, input))
        {
            case (InviteServerState.Proceeding, InviteServerInput.Request):
            case (InviteServerState.Completed, InviteServerInput.Request):
                Layer.Statistics.Absorbed++;
                Retransmit(_response);
                break;

            case (InviteServerState.Accepted or InviteServerState.Confirmed, InviteServerInput.Request):
            case (InviteServerState.Confirmed, InviteServerInput.Ack):
                Layer.Statistics.Absorbed++;
                break;

            case (InviteServerState.Proceeding, InviteServerInput.Provisional):
            case (InviteServerState.Accepted, InviteServerInput.Success):
                Send(response!);
                break;

            case (InviteServerState.Proceeding, InviteServerInput.Success):
                Send(response!);
                Enter(InviteServerState.Accepted);
                break;

            case (InviteServerState.Proceeding, InviteServerInput.Failure):
                Send(response!);
                Enter(InviteServerState.Completed);
                break;

            case (InviteServerState.Proceeding, InviteServerInput.TryingTimer):
                Send(CreateTrying());
                break;

            case (InviteServerState.Proceeding, InviteServerInput.AbandonTimer):
                Layer.Statistics.Abandoned++;
                Respond(500);
                break;

            case (InviteServerState.Completed, InviteServerInput.RetransmitTimer):
                Retransmit(_response);
                _interval = Timers.Next(_interval);
                _retransmitTimer.Restart(_interval);
                break;

            case (InviteServerState.Completed, InviteServerInput.Ack):
                Enter(InviteServerState.Confirmed);
                break;

            case (InviteServerState.Completed, InviteServerInput.AckTimer):
                Layer.Statistics.Unacknowledged++;
                Enter(InviteServerState.Terminated);
                break;

            case (InviteServerState.Accepted, InviteServerInput.Ack):
                break; // OnAck hands it up

            case (InviteServerState.Accepted or InviteServerState.Confirmed, InviteServerInput.LingerTimer):
                Enter(InviteServerState.Terminated);
                break;

            default:
                Layer.Statistics.Unexpected++;
                break;
        }
    }

    private protected override void OnRespond(SipMessage response) => Handle(
        response.StatusCode switch
        {
            < 200 => InviteServerInput.Provisional,
            < 300 => InviteServerInput.Success,
            _ => InviteServerInput.Failure,
        },
        response);

    private void Enter(InviteServerState next)
    {
        State = next;
        switch (next)
        {
            case InviteServerState.Proceeding:
                _tryingTimer.Restart(Timers.Trying);
                _abandonTimer.Restart(Timers.Abandoned);
                break;

            case InviteServerState.Accepted:
                _abandonTimer.Cancel();
                _lingerTimer.Restart(Timers.Timeout);
                break;

            case InviteServerState.Completed:
                _abandonTimer.Cancel();
                _interval = Timers.T1;
                if (!IsReliable && !_isChallenge)
                {
                    _retransmitTimer.Restart(_interval);
                }

                _ackTimer.Restart(Timers.Timeout);
                break;

            case InviteServerState.Confirmed:
                _retransmitTimer.Cancel();
                _ackTimer.Cancel();
                if (IsReliable)
                {
                    Enter(InviteServerState.Terminated);
                }
                else
                {
                    _lingerTimer.Restart(Timers.T4);
                }

                break;

            case InviteServerState.Terminated:
                _tryingTimer.Cancel();
                _retransmitTimer.Cancel();
                _ackTimer.Cancel();
                _lingerTimer.Cancel();
                _abandonTimer.Cancel();
                Layer.Remove(this);
                break;
        }
    }

    private void Send(SipMessage response)
    {
        _tryingTimer.Cancel();

        // Who is challenged has not shown who he is, and over UDP the source may be forged: one answer for one request, as a stateless
        // server gives (section 8.2.7), so that nobody is flooded through us.
        _isChallenge = response.StatusCode is 401 or 407;
        _response = response.ToArray();
        Transmit(_response);
    }

    /// <summary>Section 8.2.6.1: the 100 echoes the Timestamp.</summary>
    private SipMessage CreateTrying()
    {
        var trying = CreateResponse(100);
        HeaderCopies.Copy(Request, SipHeaderId.Timestamp, trying);
        return trying;
    }
}
