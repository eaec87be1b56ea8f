using System.Globalization;
using System.Text.Json;
using OmaIm.Cli.Terminal;
using OmaIm.Client;
using OmaIm.Protocols.Imdn;

namespace OmaIm.Cli.Im;

/// <summary>Messages, receipts and failures as people and programs read them.</summary>
internal static class ImText
{
    public const string Sent = "✓";
    public const string Delivered = "✓✓";

    /// <summary>Who says what; further lines are indented, so that no line of a message passes for another message.</summary>
    public static string Line(ImMessage message)
    {
        var author = message.Author is { } member ? $"{NameOf(message, member)} (via {Printable.Name(message.From)})" : NameOf(message, message.From);
        return $"{author}: {Body(message).ReplaceLineEndings("\n  ")}";
    }

    public static void Write(Utf8JsonWriter json, ImMessage message, string? path = null)
    {
        json.WriteString("from", message.From);
        json.WriteString("author", message.Author);
        json.WriteString("name", message.FromName);
        json.WriteString("to", message.To);
        json.WriteString("mode", ModeOf(message.Mode));
        json.WriteString("messageId", message.MessageId);
        json.WriteString("subject", message.Subject);
        if (message.SentAt is { } sentAt)
        {
            json.WriteString("sentAt", sentAt);
        }

        json.WriteString("contentType", message.ContentType);
        json.WriteNumber("size", message.Content.Length);
        if (path is not null)
        {
            json.WriteString("path", path);
        }
        else if (message.IsText)
        {
            json.WriteString("text", message.Text);
        }
        else
        {
            json.WriteBase64String("base64", message.Content.Span);
        }
    }

    public static void Write(Utf8JsonWriter json, Receipt receipt)
    {
        json.WriteString("from", receipt.From);
        json.WriteString("messageId", receipt.MessageId);
        json.WriteString("status", StatusOf(receipt.Status));
    }

    public static string TickOf(ImdnStatus status) => status is ImdnStatus.Delivered or ImdnStatus.Displayed ? Delivered : Sent;

    public static string StatusOf(ImdnStatus status) => status.ToString().ToLowerInvariant();

    public static string ModeOf(MessageMode mode) => mode.ToString().ToLowerInvariant();

    /// <summary>One line that says what to make of a failure.</summary>
    public static string Explain(ImException failure, ImClientOptions account, string peer) => failure switch
    {
        { Failure: ImFailure.AuthenticationRefused } => $"{account.User} is not let in: user name or password is wrong ({Phrase(failure)})",
        { Failure: ImFailure.NotFound } => $"there is nobody called {Printable.Name(peer)} ({Phrase(failure)})",
        { Failure: ImFailure.Forbidden, StatusCode: 603 } => $"{Printable.Name(peer)} declined",
        { Failure: ImFailure.Forbidden } => $"{account.User} may not do that ({Phrase(failure)})",
        { Failure: ImFailure.TooLarge } => $"it is too large ({Phrase(failure)})",
        { Failure: ImFailure.Unreachable } => $"{account.Server} cannot be reached, or does not answer ({Phrase(failure)})",
        { StatusCode: 480 } => $"{Printable.Name(peer)} is not there ({Phrase(failure)})",
        { StatusCode: 486 or 600 } => $"{Printable.Name(peer)} is busy ({Phrase(failure)})",
        _ => Phrase(failure),
    };

    private static string Body(ImMessage message) => message.IsText
        ? Printable.Text(message.Text)
        : string.Create(CultureInfo.InvariantCulture, $"[{Printable.Name(message.ContentType)}, {message.Content.Length} bytes]");

    private static string NameOf(ImMessage message, string uri) => Printable.Name(message.FromName ?? uri);

    private static string Phrase(ImException failure) => Printable.Name(failure.Message);
}
