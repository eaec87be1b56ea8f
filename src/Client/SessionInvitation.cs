using OmaIm.Client.Sessions;
using OmaIm.Stack.Transactions;

namespace OmaIm.Client;

/// <summary>An INVITE of another user, not answered yet; he has been told that it rings.</summary>
public sealed class SessionInvitation
{
    private readonly ImRuntime _runtime;
    private readonly Func<SessionInvitation, SessionOptions, CancellationToken, Task<ChatSession>> _accept;
    private readonly TaskCompletionSource _withdrawn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isAnswered;

    internal SessionInvitation(
        ImRuntime runtime,
        ServerTransaction invite,
        SessionOffer offer,
        Func<SessionInvitation, SessionOptions, CancellationToken, Task<ChatSession>> accept)
    {
        _runtime = runtime;
        _accept = accept;
        Invite = invite;
        Offer = offer;
        From = offer.From;
        FromName = invite.Request.From!.DisplayName;
        Subject = invite.Request.Subject?.Value;
        invite.Cancelled += () => _withdrawn.TrySetResult();
    }

    /// <summary>SIP URI of the user who invites.</summary>
    public string From { get; }

    public string? FromName { get; }

    public string? Subject { get; }

    public SessionKind Kind => Offer.Kind;

    /// <summary>Ends when the other side gives up before there is an answer.</summary>
    public Task Withdrawn => _withdrawn.Task;

    internal ServerTransaction Invite { get; }

    internal SessionOffer Offer { get; }

    /// <summary>Whether its session is being made; for the control loop.</summary>
    internal bool IsAccepting { get; set; }

    /// <summary>Accepts; a session that the invitation replaces (RFC 3891) ends. The first answer counts.</summary>
    /// <exception cref="ImException">The invitation was withdrawn, or the connection failed.</exception>
    public Task<ChatSession> AcceptAsync(SessionOptions? options = null, CancellationToken cancellationToken = default)
    {
        TakeAnswer();
        return _accept(this, options ?? new SessionOptions(), cancellationToken);
    }

    /// <summary>Declines: 603 for "no" (RFC 3261 section 21.6.2), 486 for "busy". The first answer counts.</summary>
    public void Decline(bool isBusy = false)
    {
        TakeAnswer();
        _runtime.Loop.Post(() =>
        {
            if (!Invite.IsAnswered)
            {
                Invite.Respond(isBusy ? 486 : 603);
            }
        });
    }

    private void TakeAnswer()
    {
        if (Interlocked.Exchange(ref _isAnswered, 1) != 0)
        {
            throw new InvalidOperationException("The invitation is answered already.");
        }
    }
}
