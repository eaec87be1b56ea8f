using OmaIm.Cli.Chat;
using OmaIm.Cli.Terminal;
using OmaIm.Client;
using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.Text;

namespace OmaIm.Cli.Im;

/// <summary><c>omaim im USER</c>: a session with one user; each line is a message, ticks say what became of it.</summary>
internal sealed class TalkProgram(ImClientOptions account, string peer, string? subject, ImConsole console)
{
    /// <summary>So much of a message stands beside its tick.</summary>
    private const int Excerpt = 30;

    private readonly LineJoiner _joiner = new();
    private readonly Dictionary<string, string> _sent = new(StringComparer.Ordinal);
    private readonly Lock _sending = new();
    private int _exitCode = ExitCode.Ok;

    /// <param name="onKey">Takes what shall hear of keys.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    public async Task<int> RunAsync(Action<Action> onKey, CancellationToken cancellationToken)
    {
        await using var client = new ImClient(account);
        client.ReceiptReceived += OnReceipt;
        try
        {
            await client.RegisterAsync(cancellationToken);
            await using var session = await client.OpenSessionAsync(peer, new SessionOptions { Subject = subject }, cancellationToken);
            onKey(session.Typed);
            console.Show("opened", $"* talking with {Printable.Name(session.Peer)}; the end of input closes", json => json.WriteString("peer", session.Peer));
            await TalkAsync(session, cancellationToken);
        }
        catch (ImException failure)
        {
            console.Error(ImText.Explain(failure, account, peer));
            _exitCode = ExitCode.Of(failure);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl-C is one way to say goodbye.
        }

        return _exitCode;
    }

    private async Task TalkAsync(ChatSession session, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var showing = ShowAsync(session, ended);
        try
        {
            await foreach (var line in console.ReadLinesAsync(ended.Token))
            {
                if (_joiner.Add(line) is { Length: > 0 } text)
                {
                    await SendAsync(session, text, ended.Token);
                }
            }

            if (_joiner.Flush() is { Length: > 0 } rest)
            {
                await SendAsync(session, rest, ended.Token);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The session is over, or the user pressed Ctrl-C.
        }
        finally
        {
            await ended.CancelAsync();
            await showing;
        }
    }

    private async Task SendAsync(ChatSession session, string text, CancellationToken cancellationToken)
    {
        var messageId = RandomToken.Create();
        lock (_sending)
        {
            _sent[messageId] = text;
        }

        try
        {
            var options = new SendOptions { MessageId = messageId, Receipts = ImdnRequests.PositiveDelivery | ImdnRequests.Display };
            await session.SendAsync(text, options, cancellationToken);
            ShowTick("sent", ImText.Sent, messageId);
        }
        catch (ImException failure)
        {
            console.Error($"not sent: {ImText.Explain(failure, account, peer)}");
            _exitCode = ExitCode.Of(failure);
        }
    }

    private async Task ShowAsync(ChatSession session, CancellationTokenSource ended)
    {
        try
        {
            await foreach (var sessionEvent in session.Events.ReadAllAsync(ended.Token))
            {
                await ShowAsync(session, sessionEvent, ended.Token);
            }

            await ended.CancelAsync();
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The user is leaving; what comes now is not for him.
        }
    }

    private async Task ShowAsync(ChatSession session, SessionEvent sessionEvent, CancellationToken cancellationToken)
    {
        SessionView.Show(console, session, sessionEvent);
        switch (sessionEvent)
        {
            case SessionMessage said:
                await AcknowledgeAsync(session, said.Message, cancellationToken);
                break;
            case SessionReceipt { Receipt: var receipt }:
                OnReceipt(receipt);
                break;
            case MessageFailed or SessionEnded { Failure: not null }:
                _exitCode = ExitCode.Failed;
                break;
        }
    }

    private static async Task AcknowledgeAsync(ChatSession session, ImMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await session.MarkDisplayedAsync(message, cancellationToken);
        }
        catch (ImException)
        {
            // The other side wanted to know and is gone: nobody here need be told.
        }
    }

    private void OnReceipt(Receipt receipt) =>
        ShowTick(ImText.StatusOf(receipt.Status), receipt.Status is ImdnStatus.Delivered or ImdnStatus.Displayed ? ImText.Delivered : ImText.Sent, receipt.MessageId);

    private void ShowTick(string what, string tick, string messageId)
    {
        string? text;
        lock (_sending)
        {
            if (!_sent.TryGetValue(messageId, out text))
            {
                return;
            }
        }

        var excerpt = Printable.Name(text.Length > Excerpt ? text[..Excerpt] + "…" : text);
        console.Show(what, $"  {tick} {what}: {excerpt}", json => json.WriteString("messageId", messageId));
    }
}
