using System.Text.Encodings.Web;
using System.Text.Json;
using OmaIm.Client;

namespace OmaIm.Cli.Chat;

/// <summary>
/// JSON lines for programs: one object a line, its kind in <c>event</c>. Control characters are escaped by JSON itself. Input is as in
/// plain mode: lines and commands.
/// </summary>
internal sealed class JsonView(TextReader input, TextWriter output) : IChatView
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _writing = new();

    public IAsyncEnumerable<string> ReadLinesAsync(CancellationToken cancellationToken) =>
        LineSource.Start(input.ReadLine).ReadAllAsync(cancellationToken);

    public void ExpectContinuation(bool expected)
    {
        // Nothing is prompted for here.
    }

    public void Joined(RoomSession room) => Write("joined", json => json.WriteString("room", room.RoomUri));

    public void Show(RoomEvent roomEvent)
    {
        switch (roomEvent)
        {
            case MessageReceived message:
                Write("message", json => WriteMessage(json, message));
                break;
            case MemberJoined joined:
                Write("memberJoined", json => WriteParticipant(json, joined.Participant));
                break;
            case MemberLeft left:
                Write("memberLeft", json =>
                {
                    WriteParticipant(json, left.Participant);
                    json.WriteString("reason", left.Reason);
                });
                break;
            case NicknameChanged change:
                Write("nicknameChanged", json =>
                {
                    WriteParticipant(json, change.Participant);
                    json.WriteString("previous", change.Previous);
                });
                break;
            case RosterReplaced replaced:
                Roster(replaced.Participants);
                break;
            case ConnectionLost lost:
                Write("connectionLost", json => json.WriteString("reason", lost.Reason));
                break;
            case Rejoined rejoined:
                Write("rejoined", json => json.WriteNumber("afterSeconds", rejoined.After.TotalSeconds));
                break;
            case EventsDropped dropped:
                Write("eventsDropped", json => json.WriteNumber("count", dropped.Count));
                break;
            case Closed closed:
                Write("closed", json => json.WriteString("reason", closed.Reason));
                break;
        }
    }

    public void Said(string text, Participant? privateTo) => Write("sent", json =>
    {
        json.WriteString("text", text);
        json.WriteString("privateTo", privateTo?.Uri);
    });

    public void Roster(IReadOnlyList<Participant> participants) => Write("roster", json =>
    {
        json.WriteStartArray("participants");
        foreach (var participant in participants)
        {
            json.WriteStartObject();
            WriteParticipant(json, participant);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    public void Notice(string text) => Write("notice", json => json.WriteString("text", text));

    public void Error(string text) => Write("error", json => json.WriteString("text", text));

    public void Dispose() => output.Flush();

    private static void WriteMessage(Utf8JsonWriter json, MessageReceived message)
    {
        json.WriteString("from", message.From);
        json.WriteString("name", message.FromName);
        json.WriteString("to", message.To);
        json.WriteBoolean("private", message.IsPrivate);
        if (message.SentAt is { } sentAt)
        {
            json.WriteString("sentAt", sentAt);
        }

        json.WriteString("contentType", message.ContentType);
        if (message.IsText)
        {
            json.WriteString("text", message.Text);
        }
        else
        {
            json.WriteBase64String("base64", message.Content.Span);
        }
    }

    private static void WriteParticipant(Utf8JsonWriter json, Participant participant)
    {
        json.WriteString("uri", participant.Uri);
        json.WriteString("nickname", participant.Nickname);
        json.WriteBoolean("self", participant.IsSelf);
    }

    private void Write(string kind, Action<Utf8JsonWriter> writeRest)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, Options))
        {
            json.WriteStartObject();
            json.WriteString("event", kind);
            writeRest(json);
            json.WriteEndObject();
        }

        lock (_writing)
        {
            output.WriteLine(System.Text.Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length));
            output.Flush();
        }
    }
}
