using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;

namespace OmaIm.Client.Signalling;

/// <summary>An INVITE dialog (RFC 3261 section 12): the SIP half of being in a room, or in a session with another user. Lives on the control loop.</summary>
internal sealed class InviteDialog(UserAgent agent, ControlLoop loop, Action<DialogEnd, SipMessage?> onEnded) : IInviteHandler
{
    /// <summary>How long it may ring. 2 min: a user needs no longer, and it is below the 3 min after which proxies give up (RFC 3261 section 16.6).</summary>
    private static readonly TimeSpan RingingTime = TimeSpan.FromMinutes(2);

    /// <summary>The final response, or as UAS the ACK; null when the session ended without.</summary>
    private readonly TaskCompletionSource<SipMessage?> _answered = new();
    private readonly TaskCompletionSource _over = new();
    private InviteUsage? _usage;
    private TaskCompletionSource<SipMessage?>? _reinviting;
    private byte[] _description = [];
    private IDisposable? _turn;
    private int _challenges;
    private bool _isEnding;

    /// <summary>A re-INVITE of the other side's, or an UPDATE with an offer; without this it is answered with the description that holds.</summary>
    public Action<ServerTransaction>? Reinvited { get; init; }

    /// <summary>The other side's BYE, one that crossed ours included; null while it has said none.</summary>
    public SipMessage? Goodbye { get; private set; }

    /// <summary>Whether the session stands.</summary>
    public bool IsConfirmed => _usage is { State: InviteState.Confirmed };

    /// <summary>Sends the INVITE and returns its 2xx.</summary>
    /// <param name="target">A user, a room, or the conference factory.</param>
    /// <param name="flow">The way to the server.</param>
    /// <param name="offer">The SDP, kept to answer re-INVITEs.</param>
    /// <param name="complete">Sets the body, and headers of one's own.</param>
    /// <param name="cancellationToken">Cancels the INVITE; what the other side says to that is not waited for.</param>
    public async Task<SipMessage> InviteAsync(
        SipUri target,
        SipFlow flow,
        byte[] offer,
        Action<SipMessage> complete,
        CancellationToken cancellationToken)
    {
        _description = offer;
        using var turn = _turn = await agent.Stack!.TakeTurnAsync(cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        if (_isEnding)
        {
            throw ImException.SessionEnded("the session ended before its INVITE had its turn");
        }

        var invite = agent.CreateRequest(SipMethod.Invite, target, RandomToken.Create(), RandomToken.Create(), sequence: 1);
        invite.Headers.Set(SipHeaderId.Contact, $"<{agent.ContactOn(flow)}>{ImFeatures.Contact}");
        invite.Headers.Set(SipHeaderId.Allow, UserAgent.Allow);
        invite.Headers.Set(SipHeaderId.Accept, "application/sdp");
        invite.Headers.Set(SipHeaderId.Supported, "timer");
        complete(invite);
        agent.Authenticator.Authorize(invite);
        _usage = agent.Stack.Dialogs.Invite(invite, flow, this);

        var response = await AwaitAnswerAsync(cancellationToken);
        return response switch
        {
            null => throw ImException.SessionEnded("the session ended while it was being made"),
            { StatusCode: >= 200 and < 300 } => response,
            _ => throw ImException.FromSip(response.StatusCode, response.ReasonPhrase),
        };
    }

    private async Task<SipMessage?> AwaitAnswerAsync(CancellationToken cancellationToken)
    {
        var isGivenUp = false;
        var ringing = agent.Stack!.Transactions.Loop.Schedule(RingingTime, () =>
        {
            isGivenUp = true;
            _ = ByeAsync();
        });
        using var cancelling = cancellationToken.UnsafeRegister(_ => loop.Post(() => _ = ByeAsync()), null);
        try
        {
            var response = await _answered.Task.WaitAsync(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            return isGivenUp && response is null ? throw ImException.FromSip(480, "No Answer") : response;
        }
        finally
        {
            ringing.Cancel();
        }
    }

    /// <summary>
    /// Answers an INVITE, and ends when its ACK is there: before that the other side may not know our path, and would refuse our first SEND.
    /// </summary>
    public async Task AcceptAsync(ServerTransaction invite, byte[] answer, CancellationToken cancellationToken)
    {
        _description = answer;
        var contact = agent.ContactOn(invite.Flow);
        _usage = agent.Stack!.Dialogs.AcceptInvite(invite, this, contact, [(SipHeaderId.Contact, $"<{contact}>{ImFeatures.Contact}")], "application/sdp", answer);
        if (await _answered.Task.WaitAsync(cancellationToken) is null)
        {
            throw ImException.SessionEnded("the invitation was withdrawn");
        }
    }

    /// <summary>Whoever waits for the session to stand hears that it will not. It is still to be ended.</summary>
    public void GiveUp(ImException reason) => _answered.TrySetException(reason);

    /// <summary>Sends a request within the dialog and returns its final response.</summary>
    public async Task<SipMessage> SendAsync(SipMethod method, Action<SipMessage> complete, CancellationToken cancellationToken)
    {
        if (!IsConfirmed)
        {
            throw ImException.SessionEnded("there is no session");
        }

        var request = _usage!.Dialog.CreateRequest(method);
        complete(request);
        var answered = new TaskCompletionSource<SipMessage>();
        _usage.Send(request, (_, response) =>
        {
            if (response.StatusCode >= 200)
            {
                answered.TrySetResult(response);
            }
        });
        return await answered.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Offers another description and returns the 2xx (RFC 3261 section 14.1).</summary>
    /// <exception cref="ImException">It was refused, or the session has ended.</exception>
    public async Task<SipMessage> ReinviteAsync(byte[] offer, CancellationToken cancellationToken)
    {
        if (!IsConfirmed)
        {
            throw ImException.SessionEnded("there is no session");
        }

        if (_reinviting is not null)
        {
            throw ImException.FromSip(491, "Request Pending");
        }

        _reinviting = new TaskCompletionSource<SipMessage?>();
        try
        {
            _usage!.Reinvite("application/sdp", offer, (_, response) => _reinviting.TrySetResult(response));
            var response = await _reinviting.Task.WaitAsync(cancellationToken);
            return response switch
            {
                null => throw ImException.SessionEnded("the session has ended"),
                { StatusCode: >= 200 and < 300 } => response,
                _ => throw ImException.FromSip(response.StatusCode, response.ReasonPhrase),
            };
        }
        catch (InvalidOperationException)
        {
            throw ImException.FromSip(491, "Request Pending"); // the refresh of the session timer is under way
        }
        finally
        {
            _reinviting = null;
        }
    }

    /// <summary>Answers a re-INVITE or UPDATE with 200.</summary>
    /// <param name="transaction">The request.</param>
    /// <param name="answer">The answer.</param>
    /// <param name="acknowledged">Called when the other side has it.</param>
    public void AcceptReinvite(ServerTransaction transaction, byte[] answer, Action? acknowledged = null)
    {
        _description = answer;
        _usage!.AcceptReinvite(transaction, "application/sdp", answer, acknowledged);
    }

    /// <summary>The same, and ends when the other side has the answer: before that it would refuse our first SEND, as with <see cref="AcceptAsync"/>.</summary>
    /// <exception cref="ImException">The session ended before.</exception>
    public async Task AcceptReinviteAsync(ServerTransaction transaction, byte[] answer)
    {
        var acknowledged = new TaskCompletionSource();
        AcceptReinvite(transaction, answer, acknowledged.SetResult);
        await Task.WhenAny(acknowledged.Task, _over.Task);
        if (!acknowledged.Task.IsCompleted)
        {
            throw ImException.SessionEnded("the session has ended");
        }
    }

    /// <summary>Goes on over another connection, the one before being lost (RFC 3261 section 12.2).</summary>
    public void Move(SipFlow flow) => _usage?.Move(flow, $"<{agent.ContactOn(flow)}>{ImFeatures.Contact}");

    /// <summary>Whether this is the dialog with these tags (RFC 3891 section 3).</summary>
    public bool Matches(string callId, string localTag, string remoteTag) =>
        IsConfirmed && _usage!.Dialog is { } dialog && dialog.CallId == callId && dialog.LocalTag == localTag && dialog.RemoteTag == remoteTag;

    /// <summary>Ends the session or the attempt at one; nothing more is reported. The task ends when the other side has answered, or has not in time.</summary>
    public Task ByeAsync()
    {
        if (!_isEnding)
        {
            _isEnding = true;
            if (_usage is null)
            {
                _over.TrySetResult();
            }

            _usage?.Bye();
        }

        return _over.Task;
    }

    /// <summary>The server has the INVITE: while it rings others may have their turn.</summary>
    public void OnProgress(InviteUsage usage, SipMessage response) => _turn?.Dispose();

    public void OnConfirmed(InviteUsage usage, SipMessage message) => _answered.TrySetResult(message);

    public void OnRejected(InviteUsage usage, SipMessage response)
    {
        if (!_isEnding && agent.Authenticator.TryLearn(response, _challenges++))
        {
            var retry = usage.CreateRetry();
            agent.Authenticator.Authorize(retry);
            usage.Retry(retry);
        }
        else
        {
            _over.TrySetResult();
            _answered.TrySetResult(response);
        }
    }

    public void OnReinvite(InviteUsage usage, ServerTransaction transaction)
    {
        if (Reinvited is { } reinvited)
        {
            reinvited(transaction);
        }
        else
        {
            AcceptReinvite(transaction, _description);
        }
    }

    public void OnRequest(InviteUsage usage, ServerTransaction transaction)
    {
        if (transaction.Request.Method == SipMethod.Notify)
        {
            transaction.Respond(200); // the progress of a REFER whose subscription was declined (RFC 4488) but made all the same
        }
        else
        {
            agent.OnRequest(transaction);
        }
    }

    public void OnTerminated(InviteUsage usage, DialogEnd reason, SipMessage? bye)
    {
        Goodbye = bye;
        _over.TrySetResult();
        _answered.TrySetResult(null);
        _reinviting?.TrySetResult(null);
        if (!_isEnding)
        {
            _isEnding = true;
            onEnded(reason, bye);
        }
    }
}
