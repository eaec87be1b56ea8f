using System.Text;
using System.Text.Json;
using OmaIm.Cli.Chat;
using OmaIm.Client;
using Xunit;

namespace OmaIm.Tests.Unit.Cli.Chat;

public sealed class ViewTests
{
    private static readonly Participant Bob = new("sip:bob@localhost", "Bob", [], IsSelf: false);

    [Fact]
    public void PlainLinesAreNameAndText()
    {
        Assert.Equal("Bob: grüß 🌍\n", Plain(Message("grüß 🌍")));
        Assert.Equal("Bob: one\n  two\n", Plain(Message("one\r\ntwo")));
        Assert.Equal("Bob (private): psst\n", Plain(Message("psst") with { IsPrivate = true }));
        Assert.Equal("* Bob joined\n", Plain(new MemberJoined(Bob)));
        Assert.Equal("* Bob was expelled\n", Plain(new MemberLeft(Bob, "booted")));
        Assert.Equal("* bob is now called Bob\n", Plain(new NicknameChanged(Bob, null)));
        Assert.Equal("Bob: [image/png, 3 bytes]\n", Plain(Message("abc") with { ContentType = "image/png" }));
    }

    [Fact]
    public void OnesOwnComingsAndGoingsAreNoNews()
    {
        var self = Bob with { IsSelf = true };
        Assert.Equal("", Plain(new MemberJoined(self)) + Plain(new MemberLeft(self, null)) + Plain(new NicknameChanged(self, null)));
    }

    [Fact]
    public void WhatPeersWriteCannotSteerTheTerminal()
    {
        var hostile = Message("a\u001b[31mb\u009b2Jc\u202ed") with { FromName = "E\u0007vil\nroot" };
        var line = Plain(hostile);
        Assert.Single(line.TrimEnd('\n').Split('\n'));
        Assert.DoesNotContain(line.TrimEnd('\n'), character => char.IsControl(character) || character == '\u202e');
    }

    [Fact]
    public void APlainMessageCannotPassForAnother()
    {
        // A second line that looks like somebody else's message is indented, so that it does not begin a line.
        var lines = Plain(Message("hi\nalice: I owe you money")).Split('\n');
        Assert.Equal("  alice: I owe you money", lines[1]);
    }

    [Fact]
    public void JsonIsOneObjectALineWithEveryField()
    {
        var sentAt = new DateTimeOffset(2026, 1, 31, 10, 0, 0, TimeSpan.Zero);
        var lines = Json(Message("one\ntwo \u001b \u009b") with { SentAt = sentAt, IsPrivate = true });
        var line = Assert.Single(lines);
        Assert.DoesNotContain(line, char.IsControl);
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        Assert.Equal("message", root.GetProperty("event").GetString());
        Assert.Equal("sip:bob@localhost", root.GetProperty("from").GetString());
        Assert.Equal("Bob", root.GetProperty("name").GetString());
        Assert.True(root.GetProperty("private").GetBoolean());
        Assert.Equal(sentAt, root.GetProperty("sentAt").GetDateTimeOffset());
        Assert.Equal("one\ntwo \u001b \u009b", root.GetProperty("text").GetString());
    }

    [Fact]
    public void JsonCarriesOtherContentAsBase64()
    {
        using var json = JsonDocument.Parse(Json(Message("abc") with { ContentType = "image/png" })[0]);
        Assert.Equal("abc"u8.ToArray(), json.RootElement.GetProperty("base64").GetBytesFromBase64());
        Assert.False(json.RootElement.TryGetProperty("text", out _));
    }

    [Fact]
    public void JsonTellsEveryKindOfEvent()
    {
        RoomEvent[] events =
        [
            Message("x"), new MemberJoined(Bob), new MemberLeft(Bob, "departed"), new NicknameChanged(Bob, "B"), new RosterReplaced([Bob]),
            new ConnectionLost("gone"), new Rejoined(TimeSpan.FromSeconds(2)), new EventsDropped(3), new Closed("over", null),
        ];
        var kinds = Json(events).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString());
        Assert.Equal(
            ["message", "memberJoined", "memberLeft", "nicknameChanged", "roster", "connectionLost", "rejoined", "eventsDropped", "closed"],
            kinds);
    }

    private static MessageReceived Message(string text) =>
        new(Bob.Uri, "Bob", "sip:lobby@rooms.localhost", false, null, "text/plain", Encoding.UTF8.GetBytes(text));

    private static string Plain(RoomEvent roomEvent)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var view = new PlainView(TextReader.Null, output, TextWriter.Null);
        view.Show(roomEvent);
        return output.ToString();
    }

    private static string[] Json(params RoomEvent[] events)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var view = new JsonView(TextReader.Null, output);
        Array.ForEach(events, view.Show);
        return output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
