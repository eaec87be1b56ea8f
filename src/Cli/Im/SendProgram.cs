using OmaIm.Client;
using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.Text;

namespace OmaIm.Cli.Im;

/// <summary><c>omaim im USER TEXT</c>: sends one message and says what became of it.</summary>
internal sealed class SendProgram(ImClientOptions account, string peer, string text, ImConsole console)
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _showing = new();
    private readonly string _messageId = RandomToken.Create();
    private List<Receipt>? _early = [];
    private MessageOutcome _outcome = null!;

    /// <summary>How long to wait for a receipt; zero: no receipt is asked for.</summary>
    public TimeSpan Wait { get; init; }

    public bool UntilDisplayed { get; init; }

    public string? Subject { get; init; }

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        _outcome = new MessageOutcome(peer, UntilDisplayed);
        await using var client = new ImClient(account);
        client.ReceiptReceived += OnReceipt;
        try
        {
            await client.RegisterAsync(cancellationToken); // without it no receipt would find this client
            var sent = await client.SendAsync(peer, text, Options(), cancellationToken);
            Show(sent);
            return await WaitAsync(cancellationToken);
        }
        catch (ImException failure)
        {
            console.Error(ImText.Explain(failure, account, peer));
            return ExitCode.Of(failure);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Outcome();
        }
    }

    private SendOptions Options() => new()
    {
        MessageId = Wait > TimeSpan.Zero ? _messageId : null,
        Subject = Subject,
        Receipts = Wait > TimeSpan.Zero
            ? ImdnRequests.PositiveDelivery | ImdnRequests.NegativeDelivery | (UntilDisplayed ? ImdnRequests.Display : ImdnRequests.None)
            : ImdnRequests.None,
    };

    private void Show(SentMessage sent)
    {
        var what = sent.IsStored ? "stored: it is delivered as soon as the user is there" : "sent";
        lock (_showing)
        {
            console.Show(sent.IsStored ? "stored" : "sent", $"{ImText.Sent} {what}", json =>
            {
                json.WriteString("to", peer);
                json.WriteString("messageId", sent.MessageId);
                json.WriteString("mode", ImText.ModeOf(sent.Mode));
            });

            if (sent.IsDelivered)
            {
                _outcome.Answered();
            }

            _early!.ForEach(Take);
            _early = null;
        }
    }

    private async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        if (Wait > TimeSpan.Zero)
        {
            try
            {
                await _settled.Task.WaitAsync(Wait, cancellationToken);
            }
            catch (TimeoutException)
            {
                // Nobody has said more.
            }
        }

        return Outcome();
    }

    /// <summary>What is known by now.</summary>
    private int Outcome()
    {
        lock (_showing)
        {
            return _outcome.Code;
        }
    }

    private void OnReceipt(Receipt receipt)
    {
        if (receipt.MessageId != _messageId)
        {
            return;
        }

        lock (_showing)
        {
            if (_early is not null)
            {
                _early.Add(receipt); // it is faster than the answer to the message, and is shown behind it
            }
            else
            {
                Take(receipt);
            }
        }
    }

    private void Take(Receipt receipt)
    {
        console.Show("receipt", $"{ImText.TickOf(receipt.Status)} {ImText.StatusOf(receipt.Status)}", json => ImText.Write(json, receipt));
        if (_outcome.Take(receipt))
        {
            _settled.TrySetResult();
        }
    }
}
