using OmaIm.Client;
using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.Text;

namespace OmaIm.Cli.Im;

/// <summary><c>omaim im USER TEXT</c>: sends one message and says what became of it.</summary>
internal sealed class SendProgram(ImClientOptions account, string peer, string text, ImConsole console)
{
    private readonly TaskCompletionSource<ImdnStatus> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _messageId = RandomToken.Create();
    private bool _isDelivered;

    /// <summary>How long to wait for a receipt; zero: no receipt is asked for.</summary>
    public TimeSpan Wait { get; init; }

    public bool UntilDisplayed { get; init; }

    public string? Subject { get; init; }

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var client = new ImClient(account);
        client.ReceiptReceived += OnReceipt;
        try
        {
            await client.RegisterAsync(cancellationToken); // without it no receipt would find this client
            var sent = await client.SendAsync(peer, text, Options(), cancellationToken);
            Show(sent);
            return await WaitAsync(sent, cancellationToken);
        }
        catch (ImException failure)
        {
            console.Error(ImText.Explain(failure, account, peer));
            return ExitCode.Of(failure);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return _isDelivered ? ExitCode.Ok : ExitCode.NotConfirmed;
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
        console.Show(sent.IsStored ? "stored" : "sent", $"{ImText.Sent} {what}", json =>
        {
            json.WriteString("to", peer);
            json.WriteString("messageId", sent.MessageId);
            json.WriteString("mode", ImText.ModeOf(sent.Mode));
        });
    }

    private async Task<int> WaitAsync(SentMessage sent, CancellationToken cancellationToken)
    {
        if (Wait > TimeSpan.Zero)
        {
            try
            {
                var status = await _outcome.Task.WaitAsync(Wait, cancellationToken);
                return status == ImdnStatus.Failed ? ExitCode.Failed : ExitCode.Ok;
            }
            catch (TimeoutException)
            {
                // Nobody has said more.
            }
        }

        // The receiver's client answered for the message, or reported it: that is as good as a receipt for its delivery.
        return (sent.IsDelivered || _isDelivered) && !UntilDisplayed ? ExitCode.Ok : ExitCode.NotConfirmed;
    }

    private void OnReceipt(Receipt receipt)
    {
        if (receipt.MessageId != _messageId)
        {
            return;
        }

        _isDelivered |= receipt.Status is ImdnStatus.Delivered or ImdnStatus.Displayed;
        var tick = receipt.Status is ImdnStatus.Delivered or ImdnStatus.Displayed ? ImText.Delivered : ImText.Sent;
        console.Show("receipt", $"{tick} {ImText.StatusOf(receipt.Status)}", json => ImText.Write(json, receipt));
        if (receipt.Status is ImdnStatus.Failed or ImdnStatus.Displayed || (receipt.Status == ImdnStatus.Delivered && !UntilDisplayed))
        {
            _outcome.TrySetResult(receipt.Status);
        }
    }
}
