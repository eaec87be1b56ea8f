using OmaIm.Client;
using OmaIm.Client.Files;
using OmaIm.Client.Receipts;

namespace OmaIm.Cli.Im;

/// <summary>Registers, takes what comes, prints it, and says goodbye on Ctrl-C or SIGTERM.</summary>
internal sealed class ListenProgram(ImClientOptions account, ImConsole console)
{
    /// <summary>Whether sessions and files are accepted.</summary>
    public bool Accepts { get; init; }

    /// <summary>Where files go; null: files are declined.</summary>
    public string? Directory { get; init; }

    public bool MarksDisplayed { get; init; }

    /// <summary>Keeps what comes, and the receipts that are owed for it; null when nothing is kept.</summary>
    public MessageReceipts? Receipts { get; init; }

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var printer = new MessagePrinter(console);
        try
        {
            return await ListenAsync(printer, cancellationToken);
        }
        finally
        {
            await printer.DrainAsync();
        }
    }

    /// <summary>Without a journal a message is safe when it is printed; what is in the journal can be printed later.</summary>
    private async Task<int> ListenAsync(MessagePrinter printer, CancellationToken cancellationToken)
    {
        await using var client = new ImClient(Receipts?.Configure(account) ?? account with { BeforeAcknowledging = printer.PrintAsync });
        Receipts?.Attach(client);
        client.MessageReceived += message => OnMessage(client, message, cancellationToken);
        client.ReceiptReceived += receipt => console.Show("receipt", null, json => ImText.Write(json, receipt));
        client.SessionInvited += invitation => _ = OnInvitedAsync(invitation, cancellationToken);
        client.FileOffered += offer => _ = OnFileAsync(offer, cancellationToken);
        client.Invited += invitation => OnRoom(invitation);
        client.RegistrationChanged += (state, failure) => console.Show("registration", null, json =>
        {
            json.WriteString("state", state.ToString().ToLowerInvariant());
            json.WriteString("reason", failure?.Message);
        });
        try
        {
            await client.RegisterAsync(cancellationToken);
            console.Show("listening", null, json => json.WriteString("address", client.Address));
            ShowKept(client, cancellationToken);
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }
        catch (ImException failure)
        {
            console.Error(ImText.Explain(failure, account, account.User));
            return ExitCode.Of(failure);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // That is how listening ends.
        }

        return ExitCode.Ok;
    }

    private void OnMessage(ImClient client, ImMessage message, CancellationToken cancellationToken)
    {
        if (Receipts is not null)
        {
            console.Show("message", null, json => ImText.Write(json, message)); // else it was printed before it was acknowledged
        }

        if (MarksDisplayed)
        {
            _ = TryAsync(() => Receipts?.DisplayedAsync(message) ?? client.MarkDisplayedAsync(message, cancellationToken));
        }
    }

    /// <summary>What an earlier program has kept and did not come to show.</summary>
    private void ShowKept(ImClient client, CancellationToken cancellationToken)
    {
        if (MarksDisplayed && Receipts is not null)
        {
            Receipts.Journal.Messages.Where(kept => !kept.IsDisplayed).ToList().ForEach(kept => OnMessage(client, kept.ToMessage(), cancellationToken));
        }
    }

    private async Task OnInvitedAsync(SessionInvitation invitation, CancellationToken cancellationToken)
    {
        console.Show("invited", null, json =>
        {
            json.WriteString("from", invitation.From);
            json.WriteString("subject", invitation.Subject);
            json.WriteBoolean("accepted", Accepts);
        });
        if (!Accepts)
        {
            invitation.Decline();
            return;
        }

        await TryAsync(async () =>
        {
            await using var session = await invitation.AcceptAsync(cancellationToken: cancellationToken);
            Receipts?.Use(session);
            await foreach (var sessionEvent in session.Events.ReadAllAsync(cancellationToken))
            {
                await OnEventAsync(session, sessionEvent, cancellationToken);
            }
        });
    }

    private async Task OnEventAsync(ChatSession session, SessionEvent sessionEvent, CancellationToken cancellationToken)
    {
        switch (sessionEvent)
        {
            case SessionMessage { Message: var message }:
                if (Receipts is not null)
                {
                    SessionView.Show(console, session, sessionEvent);
                }

                if (MarksDisplayed)
                {
                    await TryAsync(() => Receipts?.DisplayedAsync(message) ?? session.MarkDisplayedAsync(message, cancellationToken));
                }

                break;
            case SessionReceipt { Receipt: var receipt }:
                console.Show("receipt", null, json => ImText.Write(json, receipt));
                break;
            default:
                SessionView.Show(console, session, sessionEvent);
                break;
        }
    }

    private async Task OnFileAsync(FileOffer offer, CancellationToken cancellationToken)
    {
        var accepts = Accepts && Directory is not null && !offer.IsRequest;
        console.Show("fileOffered", null, json =>
        {
            json.WriteString("from", offer.From);
            json.WriteString("name", offer.Name);
            json.WriteBoolean("accepted", accepts);
        });
        if (!accepts)
        {
            offer.Decline();
            return;
        }

        await TryAsync(async () =>
        {
            var path = await offer.AcceptAsync(Directory!, cancellationToken: cancellationToken);
            console.Show("fileSaved", null, json =>
            {
                json.WriteString("from", offer.From);
                json.WriteString("path", path);
            });
        });
    }

    /// <summary>A room is joined by another command; whoever invites hears no.</summary>
    private void OnRoom(Invitation invitation)
    {
        console.Show("roomInvitation", null, json =>
        {
            json.WriteString("from", invitation.From);
            json.WriteString("room", invitation.RoomUri);
        });
        invitation.Decline();
    }

    /// <summary>What fails with one peer is told, and ends nothing else.</summary>
    private async Task TryAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception failure) when (failure is ImException or IOException or UnauthorizedAccessException)
        {
            console.Error(failure.Message);
        }
        catch (Exception failure) when (failure is OperationCanceledException or ObjectDisposedException)
        {
            // The program is ending.
        }
    }
}
