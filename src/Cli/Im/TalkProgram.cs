using OmaIm.Cli.Chat;
using OmaIm.Cli.Terminal;
using OmaIm.Client;
using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.Text;

namespace OmaIm.Cli.Im;

/// <summary><c>omaim im USER</c>: a session with one user; each line is a message, ticks say what became of it.</summary>
internal sealed class TalkProgram(ImClientOptions account, string peer, string? subject, ImConsole console)
{
    /// <summary>How long to wait at the end for word of what was sent. 2 s: a client says at once that it has a message, and some never do.</summary>
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(2);

    /// <summary>So much of a message stands beside its tick.</summary>
    private const int Excerpt = 30;

    private readonly LineJoiner _joiner = new();
    private readonly Dictionary<string, SaidLine> _sent = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly Lock _sending = new();
    private TaskCompletionSource? _allTold;
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
        var isInputOver = false;
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

            isInputOver = true;
            await AwaitLastWordAsync(ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The session is over, or the user pressed Ctrl-C.
            if (!isInputOver && !cancellationToken.IsCancellationRequested)
            {
                console.Error("the session ended before the input did: the rest was not sent");
                _exitCode = ExitCode.Failed;
            }
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
            _sent[messageId] = new SaidLine(Printable.Name(text.Length > Excerpt ? text[..Excerpt] + "…" : text));
            _open.Add(messageId);
        }

        try
        {
            var options = new SendOptions { MessageId = messageId, Receipts = ImdnRequests.PositiveDelivery | ImdnRequests.Display };
            await session.SendAsync(text, options, cancellationToken);
            ShowSent(messageId);
        }
        catch (ImException failure)
        {
            Settle(messageId);
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
            case MessageFailed failed:
                _exitCode = ExitCode.Failed;
                Settle(failed.MessageId);
                break;
            case SessionEnded { Failure: not null }:
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

    private void ShowSent(string messageId)
    {
        lock (_sending)
        {
            var said = _sent[messageId];
            ShowTick("sent", ImText.Sent, messageId, said);
            said.IsShown = true;
            said.Early.ForEach(receipt => Take(said, receipt));
            said.Early.Clear();
        }
    }

    private void OnReceipt(Receipt receipt)
    {
        lock (_sending)
        {
            if (!_sent.TryGetValue(receipt.MessageId, out var said))
            {
                return;
            }

            if (said.IsShown)
            {
                Take(said, receipt);
            }
            else
            {
                said.Early.Add(receipt); // it is faster than the answer to the message, and is shown behind it
            }
        }
    }

    private void Take(SaidLine said, Receipt receipt)
    {
        ShowTick(ImText.StatusOf(receipt.Status), ImText.TickOf(receipt.Status), receipt.MessageId, said);
        if (ExitCode.Of(receipt) is { } code && Settle(receipt.MessageId) && code != ExitCode.Ok)
        {
            _exitCode = code;
        }
    }

    private void ShowTick(string what, string tick, string messageId, SaidLine said) =>
        console.Show(what, $"  {tick} {what}: {said.Excerpt}", json => json.WriteString("messageId", messageId));

    /// <summary>It is known what became of a message; true when that is news.</summary>
    private bool Settle(string messageId)
    {
        lock (_sending)
        {
            var isNews = _open.Remove(messageId);
            if (_open.Count == 0)
            {
                _allTold?.TrySetResult();
            }

            return isNews;
        }
    }

    private async Task AwaitLastWordAsync(CancellationToken cancellationToken)
    {
        lock (_sending)
        {
            if (_open.Count == 0)
            {
                return;
            }

            _allTold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        try
        {
            await _allTold.Task.WaitAsync(LastWord, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Nobody says more; what was answered for counts as sent.
        }
    }

    private sealed class SaidLine(string excerpt)
    {
        public string Excerpt { get; } = excerpt;

        /// <summary>Whether the user has read that it was sent.</summary>
        public bool IsShown { get; set; }

        /// <summary>Receipts that came before that.</summary>
        public List<Receipt> Early { get; } = [];
    }
}
