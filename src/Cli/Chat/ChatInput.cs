namespace OmaIm.Cli.Chat;

/// <summary>What the user asks for by one input: text to say, or one of the commands of <see cref="CommandHelp"/>.</summary>
internal abstract record ChatInput
{
    public sealed record Nothing : ChatInput;

    public sealed record Say(string Text) : ChatInput;

    public sealed record Private(string To, string Text) : ChatInput;

    /// <summary>An empty name gives the nickname up.</summary>
    public sealed record Nickname(string Name) : ChatInput;

    public sealed record Who : ChatInput;

    public sealed record Invite(string User) : ChatInput;

    public sealed record Expel(string User) : ChatInput;

    public sealed record Help : ChatInput;

    public sealed record Quit : ChatInput;

    /// <summary>No command, or not enough behind it; <paramref name="Explanation"/> says what to type.</summary>
    public sealed record Wrong(string Explanation) : ChatInput;

    public const string CommandHelp = """
        /nick NAME       be called NAME here; /nick alone gives the nickname up
        /msg WHO TEXT    say TEXT to one participant; quote a nickname that has spaces
        /who             who is here
        /invite USER     ask the room to invite USER (a name or a sip: URI)
        /expel USER      ask the room to expel USER
        /multi           several lines in one message, until a line with a single dot
        /help            this list
        /quit            leave; so does the end of input
        A \ at the end of a line continues the message on the next; // at the start says a text that begins with /.
        """;

    /// <summary>Reads a whole input, which may be of several lines.</summary>
    public static ChatInput Parse(string input)
    {
        if (string.IsNullOrWhiteSpace(input))
        {
            return new Nothing();
        }

        if (!input.StartsWith('/'))
        {
            return new Say(input);
        }

        if (input.StartsWith("//", StringComparison.Ordinal))
        {
            return new Say(input[1..]);
        }

        var (command, rest) = SplitWord(input);
        return command switch
        {
            "/nick" => new Nickname(Unquote(rest)),
            "/msg" => ParsePrivate(rest),
            "/who" => new Who(),
            "/invite" => rest.Length > 0 ? new Invite(rest) : new Wrong("Whom? /invite USER"),
            "/expel" => rest.Length > 0 ? new Expel(rest) : new Wrong("Whom? /expel USER"),
            "/help" => new Help(),
            "/quit" => new Quit(),
            _ => new Wrong($"There is no command {command}; /help lists them."),
        };
    }

    private static ChatInput ParsePrivate(string rest)
    {
        var (to, text) = SplitWord(rest);
        if (rest.StartsWith('"'))
        {
            var close = Math.Max(rest.IndexOf('"', 1), 1);
            to = rest[1..close];
            text = rest[close..].TrimStart('"').TrimStart();
        }

        return to.Length > 0 && text.Length > 0 ? new Private(to, text) : new Wrong("To whom, and what? /msg WHO TEXT");
    }

    private static (string Word, string Remainder) SplitWord(string text)
    {
        var end = text.AsSpan().IndexOfAny(" \t\n");
        return end < 0 ? (text, "") : (text[..end], text[end..].Trim());
    }

    private static string Unquote(string text) =>
        text.Length >= 2 && text.StartsWith('"') && text.EndsWith('"') ? text[1..^1] : text;
}
