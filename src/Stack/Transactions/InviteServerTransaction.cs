using OmaIm.Protocols.Sip;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transport;

namespace OmaIm.Stack.Transactions;

/// <summary>The INVITE server transaction: RFC 3261 section 17.2.1 with the Accepted state of RFC 6026 section 8.5.</summary>
internal sealed class InviteServerTransaction : ServerTransaction
{
    // One at a time is armed of those that send, and one of those that end a state.
    private readonly LoopTimer _sendTimer; // 100 after 200 ms, G
    private readonly LoopTimer _endTimer; // H, I, L, and ours for an answer that never comes
    private TimeSpan _interval;
    private byte[]? _response;
    private bool _isChallenge;

    public InviteServerTransaction(TransactionLayer layer, SipMessage request, SipFlow flow)
        : base(layer, request, flow)
    {
        _sendTimer = layer.Loop.CreateTimer(() => Handle(
            State == InviteServerState.Proceeding ? InviteServerInput.TryingTimer : InviteServerInput.RetransmitTimer));
        _endTimer = layer.Loop.CreateTimer(() => Handle(State switch
        {
            InviteServerState.Proceeding => InviteServerInput.AbandonTimer,
            InviteServerState.Completed => InviteServerInput.AckTimer,
            _ => InviteServerInput.LingerTimer,
        }));
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
                _sendTimer.Restart(_interval);
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
                _sendTimer.Restart(Timers.Trying);
                _endTimer.Restart(Timers.Abandoned);
                break;

            case InviteServerState.Accepted:
                _response = null; // a 2xx is sent again by the user agent's side, until its ACK
                _endTimer.Restart(Timers.Timeout);
                break;

            case InviteServerState.Completed:
                _interval = Timers.T1;
                if (!IsReliable && !_isChallenge)
                {
                    _sendTimer.Restart(_interval);
                }

                _endTimer.Restart(Timers.Timeout);
                break;

            case InviteServerState.Confirmed:
                _sendTimer.Cancel();
                if (IsReliable)
                {
                    Enter(InviteServerState.Terminated);
                }
                else
                {
                    _endTimer.Restart(Timers.T4);
                }

                break;

            case InviteServerState.Terminated:
                _sendTimer.Cancel();
                _endTimer.Cancel();
                Layer.Remove(this);
                break;
        }
    }

    private void Send(SipMessage response)
    {
        _sendTimer.Cancel();

        // Who is challenged has not shown who he is, and over UDP the source may be forged: one answer for one request, as a stateless
        // server gives (RFC 3261 section 8.2.7), so that nobody is flooded through us.
        _isChallenge = response.StatusCode is 401 or 407;
        var bytes = response.ToArray();
        _response = State == InviteServerState.Accepted ? null : bytes;
        Transmit(bytes);
    }

    /// <summary>RFC 3261 section 8.2.6.1: the 100 echoes the Timestamp.</summary>
    private SipMessage CreateTrying()
    {
        var trying = CreateResponse(100);
        HeaderCopies.Copy(Request, SipHeaderId.Timestamp, trying);
        return trying;
    }
}
