using OmaIm.Client;

namespace OmaIm.Cli.Chat;

/// <summary>Where a chat is read from and shown: a terminal, plain lines, or JSON lines. Called from several threads.</summary>
internal interface IChatView : IDisposable
{
    /// <summary>The lines that the user enters from now on, until the end of input. To be called once.</summary>
    IAsyncEnumerable<string> ReadLinesAsync(CancellationToken cancellationToken);

    /// <summary>Says whether the next line goes on with a message that has begun.</summary>
    void ExpectContinuation(bool expected);

    void Joined(RoomSession room);

    /// <summary>Shows what happened in the room.</summary>
    void Show(RoomEvent roomEvent);

    /// <summary>The user's own text has arrived at the room, or at <paramref name="privateTo"/>.</summary>
    void Said(string text, Participant? privateTo);

    void Roster(IReadOnlyList<Participant> participants);

    /// <summary>Something to know that is neither an event nor an error.</summary>
    void Notice(string text);

    void Error(string text);
}
