using OmaIm.Cli.Terminal;
using OmaIm.Client;

namespace OmaIm.Cli.Chat;

/// <summary>
/// Lines for pipes and files: <c>NAME: TEXT</c> for what others say (further lines of a message are indented), <c>* TEXT</c> for what
/// happens. What the user says himself is not repeated.
/// </summary>
internal sealed class PlainView(TextReader input, TextWriter output, TextWriter errors) : IChatView
{
    private readonly Lock _writing = new();

    public IAsyncEnumerable<string> ReadLinesAsync(CancellationToken cancellationToken) =>
        LineSource.Start(input.ReadLine).ReadAllAsync(cancellationToken);

    public void ExpectContinuation(bool expected)
    {
        // Nothing is prompted for here.
    }

    public void Joined(RoomSession room) => Notice($"joined {Printable.Name(room.RoomUri)}");

    public void Show(RoomEvent roomEvent)
    {
        if (roomEvent is MessageReceived message)
        {
            var name = Printable.Name(message.FromName) + (message.IsPrivate ? " (private)" : "");
            WriteLine(output, $"{name}: {EventText.Body(message).ReplaceLineEndings("\n  ")}");
        }
        else if (EventText.Of(roomEvent) is { } text)
        {
            Notice(text);
        }
    }

    public void Said(string text, Participant? privateTo)
    {
        // The reader of these lines knows what it wrote.
    }

    public void Roster(IReadOnlyList<Participant> participants)
    {
        foreach (var participant in participants)
        {
            Notice($"{Printable.Name(participant.Name)} <{Printable.Name(participant.Uri)}>{(participant.IsSelf ? " (you)" : "")}");
        }
    }

    public void Notice(string text) => WriteLine(output, "* " + text);

    public void Error(string text) => WriteLine(errors, "omaim: " + text);

    public void Dispose()
    {
        output.Flush();
        errors.Flush();
    }

    private void WriteLine(TextWriter writer, string line)
    {
        lock (_writing)
        {
            writer.WriteLine(line);
            writer.Flush();
        }
    }
}
