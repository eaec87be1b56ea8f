using System.Globalization;
using OmaIm.Cli.Terminal;
using OmaIm.Client;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace OmaIm.Cli.Chat;

/// <summary>The pleasant one: colours, times, a line to type in that stays whole at the bottom while the room goes on above it.</summary>
internal sealed class TerminalView : IChatView
{
    private const string Prompt = "> ";
    private const string ContinuationPrompt = "… ";

    /// <summary>Nicknames keep their colour for as long as their URI; these are legible on light and on dark ground.</summary>
    private static readonly Color[] Palette =
    [
        Color.DodgerBlue1, Color.Green3, Color.DarkOrange, Color.MediumOrchid, Color.DarkCyan, Color.IndianRed, Color.SteelBlue1,
        Color.Olive, Color.DeepPink3, Color.CadetBlue,
    ];

    private static readonly Style Dim = new(Color.Grey);
    private static readonly Style Fault = new(Color.Red);

    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;
    private readonly TypingLine _typing;
    private RoomSession? _room;

    public TerminalView(IAnsiConsole console, TimeProvider time)
    {
        _console = console;
        _time = time;
        _typing = new TypingLine(Console.Out, () => Console.WindowWidth, Prompt);
    }

    public IAsyncEnumerable<string> ReadLinesAsync(CancellationToken cancellationToken) =>
        LineSource.Start(_typing.ReadLine).ReadAllAsync(cancellationToken);

    public void ExpectContinuation(bool expected) => _typing.Prompt = expected ? ContinuationPrompt : Prompt;

    public void Joined(RoomSession room)
    {
        _room = room;
        Notice($"You are in {Printable.Name(room.RoomUri)}. /help lists the commands, /quit leaves.");
    }

    public void Show(RoomEvent roomEvent)
    {
        switch (roomEvent)
        {
            case MessageReceived message:
                var head = Printable.Name(message.FromName) + (message.IsPrivate ? " (to you alone)" : "");
                Print(Line(head, ColorOf(message.From), EventText.Body(message)));
                break;
            case RosterReplaced replaced:
                Roster(replaced.Participants);
                break;
            case ConnectionLost or Closed:
                Print(new Text("! " + EventText.Of(roomEvent), Fault));
                break;
            default:
                if (EventText.Of(roomEvent) is { } text)
                {
                    Notice(text);
                }

                break;
        }
    }

    public void Said(string text, Participant? privateTo)
    {
        var me = _room?.Self;
        var name = me is null ? "you" : Printable.Name(me.Name);
        var head = privateTo is null ? name : $"{name} (to {Printable.Name(privateTo.Name)} alone)";
        Print(Line(head, me is null ? Color.Default : ColorOf(me.Uri), Printable.Text(text)));
    }

    public void Roster(IReadOnlyList<Participant> participants)
    {
        var here = new Paragraph().Append("* here: ", Dim);
        for (var i = 0; i < participants.Count; i++)
        {
            var participant = participants[i];
            here.Append(i > 0 ? ", " : "", Dim)
                .Append(Printable.Name(participant.Name), new Style(ColorOf(participant.Uri)))
                .Append(participant.IsSelf ? " (you)" : $" <{Printable.Name(participant.Uri)}>", Dim);
        }

        Print(here);
    }

    public void Notice(string text) => Print(new Text("* " + text, Dim));

    public void Error(string text) => Print(new Text("! " + text, Fault));

    public void Dispose() => _typing.Dispose();

    private Paragraph Line(string head, Color color, string text) => new Paragraph()
        .Append(_time.GetLocalNow().ToString("HH:mm ", CultureInfo.InvariantCulture), Dim)
        .Append(head + ": ", new Style(color, decoration: Decoration.Bold))
        .Append(text.ReplaceLineEndings("\n      ")); // below the time: no line of a message can pass for another message

    /// <summary>Texts are never given to Spectre as markup: what peers write must not style anything.</summary>
    private void Print(IRenderable what) => _typing.Above(() =>
    {
        _console.Write(what);
        _console.WriteLine();
    });

    private static Color ColorOf(string uri)
    {
        var hash = 17u;
        foreach (var character in uri)
        {
            hash = (hash * 31) + character;
        }

        return Palette[hash % (uint)Palette.Length];
    }
}
