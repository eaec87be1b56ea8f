using OmaIm.Cli.Terminal;
using OmaIm.Client;

namespace OmaIm.Cli.Chat;

/// <summary>One chat: joins, passes lines to the room and events to the view until one of both ends, and leaves.</summary>
internal sealed class ChatProgram(ImClientOptions account, string roomUri, IChatView view)
{
    /// <summary>How long leaving may take before the program ends without it.</summary>
    private static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(3);

    private readonly LineJoiner _joiner = new();
    private int _exitCode = ExitCode.Ok;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var client = new ImClient(account);
        client.Invited += OnInvited;
        try
        {
            await client.RegisterAsync(cancellationToken);
            await using var room = await client.JoinAsync(roomUri, cancellationToken: cancellationToken);
            view.Joined(room);
            await ChatAsync(room, cancellationToken);
            await LeaveAsync(room, client);
        }
        catch (ImException failure)
        {
            view.Error(ExplainJoin(failure));
            _exitCode = ExitCode.Of(failure);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is one way to say goodbye.
        }

        return _exitCode;
    }

    private async Task ChatAsync(RoomSession room, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var showing = ShowEventsAsync(room, ended);
        try
        {
            await foreach (var line in view.ReadLinesAsync(ended.Token))
            {
                var input = _joiner.Add(line);
                view.ExpectContinuation(_joiner.IsOpen);
                if (input is not null && !await DoAsync(room, ChatInput.Parse(input), ended.Token))
                {
                    return;
                }
            }

            if (_joiner.Flush() is { } rest)
            {
                await DoAsync(room, ChatInput.Parse(rest), ended.Token);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The room is over, or the user pressed Ctrl-C.
        }
        finally
        {
            await ended.CancelAsync();
            await showing;
        }
    }

    private async Task ShowEventsAsync(RoomSession room, CancellationTokenSource ended)
    {
        try
        {
            await foreach (var roomEvent in room.Events.ReadAllAsync(ended.Token))
            {
                view.Show(roomEvent);
                if (roomEvent is Closed closed)
                {
                    _exitCode = closed.Failure is null ? ExitCode.Failed : ExitCode.Of(closed.Failure);
                }
            }

            await ended.CancelAsync();
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The user is leaving; what comes now is not for him.
        }
    }

    /// <summary>Does what an input asks for; false when it is to leave.</summary>
    private async Task<bool> DoAsync(RoomSession room, ChatInput input, CancellationToken cancellationToken)
    {
        try
        {
            switch (input)
            {
                case ChatInput.Quit:
                    return false;
                case ChatInput.Help:
                    view.Notice("\n" + ChatInput.CommandHelp);
                    break;
                case ChatInput.Who:
                    view.Roster(room.Roster);
                    break;
                case ChatInput.Wrong wrong:
                    Fail(wrong.Explanation);
                    break;
                default:
                    await AskRoomAsync(room, input, cancellationToken);
                    break;
            }
        }
        catch (ImException failure)
        {
            Fail(Explain(failure));
        }

        return true;
    }

    private async Task AskRoomAsync(RoomSession room, ChatInput input, CancellationToken cancellationToken)
    {
        switch (input)
        {
            case ChatInput.Say say:
                await room.SendAsync(say.Text, cancellationToken);
                view.Said(say.Text, privateTo: null);
                break;
            case ChatInput.Private message:
                await SendPrivateAsync(room, message, cancellationToken);
                break;
            case ChatInput.Nickname nickname:
                await room.SetNicknameAsync(nickname.Name, cancellationToken);
                view.Notice(nickname.Name.Length > 0 ? $"You are called {Printable.Name(nickname.Name)} here." : "You have no nickname any more.");
                break;
            case ChatInput.Invite invite when UserUri(invite.User) is { } user:
                await room.InviteAsync(user, cancellationToken);
                view.Notice($"The room is asked to invite {Printable.Name(user)}.");
                break;
            case ChatInput.Expel expel when UserUri(expel.User) is { } user:
                await room.ExpelAsync(user, cancellationToken);
                view.Notice($"The room is asked to expel {Printable.Name(user)}.");
                break;
        }
    }

    private string? UserUri(string user)
    {
        var uri = ChatAddress.User(user, account.Domain);
        if (uri is null)
        {
            Fail($"{Printable.Name(user)} is no user: give a name or a sip: URI");
        }

        return uri;
    }

    private async Task SendPrivateAsync(RoomSession room, ChatInput.Private message, CancellationToken cancellationToken)
    {
        if (Addressee.Find(room.Roster, message.To, out var problem) is { } to)
        {
            await room.SendPrivateAsync(to.Uri, message.Text, cancellationToken);
            view.Said(message.Text, to);
        }
        else
        {
            Fail(problem);
        }
    }

    /// <summary>The terminal has one room; another one is another terminal's.</summary>
    private void OnInvited(Invitation invitation)
    {
        view.Notice($"{Printable.Name(invitation.From)} invites you; answer by: omaim chat {Printable.Name(invitation.RoomUri)} --user {account.User}");
        invitation.Decline();
    }

    private static async Task LeaveAsync(RoomSession room, ImClient client)
    {
        using var timeout = new CancellationTokenSource(LeaveTime);
        try
        {
            await room.LeaveAsync(timeout.Token);
            await client.UnregisterAsync(timeout.Token);
        }
        catch (Exception failure) when (failure is ImException or OperationCanceledException)
        {
            // The server will notice by itself: the connection closes with this process.
        }
    }

    /// <summary>Something that was asked for was not done: the chat goes on, and a script learns of it at the end.</summary>
    private void Fail(string explanation)
    {
        view.Error(explanation);
        _exitCode = ExitCode.Failed;
    }

    private string ExplainJoin(ImException failure) => failure.Failure switch
    {
        ImFailure.AuthenticationRefused => $"{account.User} is not let in: user name or password is wrong ({Printable.Name(failure.Message)})",
        ImFailure.NotFound => $"there is no room {Printable.Name(roomUri)} ({Printable.Name(failure.Message)})",
        ImFailure.Forbidden => $"{Printable.Name(roomUri)} is not open to {account.User} ({Printable.Name(failure.Message)})",
        _ => Explain(failure),
    };

    private string Explain(ImException failure) => failure.Failure switch
    {
        ImFailure.Unreachable => $"{account.Server} cannot be reached ({Printable.Name(failure.Message)})",
        ImFailure.NicknameTaken => "somebody else has that nickname",
        ImFailure.TooLarge => "the message is too large for this room",
        _ => Printable.Name(failure.Message),
    };
}
