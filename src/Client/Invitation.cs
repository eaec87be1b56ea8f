using OmaIm.Stack.Transactions;

namespace OmaIm.Client;

/// <summary>An INVITE from the focus of a room (RFC 4579 section 5.5), not answered yet.</summary>
public sealed class Invitation
{
    private readonly ImClient _client;
    private readonly ImRuntime _runtime;
    private readonly ServerTransaction _invite;
    private int _isAnswered;

    internal Invitation(ImClient client, ImRuntime runtime, ServerTransaction invite, ChatSession? replaced)
    {
        _client = client;
        _runtime = runtime;
        _invite = invite;
        Replaced = replaced;
        var request = invite.Request;

        // RFC 4579 section 5.2: the focus is the Contact with isfocus; From may name whoever asked for the invitation.
        var isFocus = request.Contact is { } contact && contact.Parameters.Contains("isfocus");
        RoomUri = isFocus ? request.Contact!.Uri.Aor : request.From!.Uri.Aor;
        From = (request.ReferredBy?.Uri ?? request.From!.Uri).Aor;
        Subject = request.Subject?.Value;
    }

    /// <summary>The room.</summary>
    public string RoomUri { get; }

    /// <summary>Who asked for the invitation, where the focus tells; otherwise the room.</summary>
    public string From { get; }

    public string? Subject { get; }

    /// <summary>The session with one user that the room takes the place of (RFC 3891): accepting ends it. Usually null.</summary>
    public ChatSession? Replaced { get; }

    /// <summary>Joins. The first answer counts.</summary>
    /// <exception cref="ImException">The invitation was withdrawn, or the connection failed.</exception>
    public Task<RoomSession> AcceptAsync(JoinOptions? options = null, CancellationToken cancellationToken = default)
    {
        ThrowIfAnswered();
        return _client.AcceptAsync(this, _invite, options, cancellationToken);
    }

    /// <summary>Declines (603, RFC 3261 section 21.6.2). The first answer counts.</summary>
    public void Decline()
    {
        ThrowIfAnswered();
        _runtime.Loop.Post(() =>
        {
            if (!_invite.IsAnswered)
            {
                _invite.Respond(603);
            }
        });
    }

    private void ThrowIfAnswered()
    {
        if (Interlocked.Exchange(ref _isAnswered, 1) != 0)
        {
            throw new InvalidOperationException("The invitation is answered already.");
        }
    }
}
