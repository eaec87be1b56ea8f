using OmaIm.Client;
using OmaIm.Client.Receipts;

namespace OmaIm.Tests.EndToEnd.Receipts;

/// <summary>A user with a journal on disk, who shows every second message, and whose program can die at any moment and be started again.</summary>
internal sealed class Recipient(RunningAppliance appliance, string user, string directory) : IAsyncDisposable
{
    private readonly string _path = Path.Combine(directory, user + ".journal");
    private ImRuntime? _runtime;
    private MessageReceipts? _receipts;

    public string Address { get; } = $"sip:{user}@localhost";

    public IMessageJournal Journal => _receipts!.Journal;

    public async Task StartAsync()
    {
        var receipts = new MessageReceipts(FileJournal.Open(_path), new ReceiptOptions { FirstRetry = TimeSpan.FromMilliseconds(200) });
        var client = appliance.Client(user, out _runtime, receipts.Configure);
        receipts.Attach(client);
        client.MessageReceived += message => _ = ShowAsync(receipts, message);
        client.SessionInvited += invitation => _ = TalkAsync(receipts, invitation);
        _receipts = receipts;
        await client.RegisterAsync();
        foreach (var kept in receipts.Journal.Messages.Where(kept => !kept.IsDisplayed))
        {
            _ = ShowAsync(receipts, kept.ToMessage()); // what the program before did not come to show
        }
    }

    /// <summary>The program is gone without a word: no BYE, no REGISTER, nothing more is sent. What it had on the disk stays.</summary>
    public async Task KillAsync()
    {
        await _runtime!.DisposeAsync();
        await _receipts!.DisposeAsync();
    }

    public async ValueTask DisposeAsync() => await KillAsync();

    private static async Task TalkAsync(MessageReceipts receipts, SessionInvitation invitation)
    {
        try
        {
            var session = await invitation.AcceptAsync(new SessionOptions { Recover = false });
            receipts.Use(session);
            await foreach (var happened in session.Events.ReadAllAsync())
            {
                if (happened is SessionMessage { Message: var message })
                {
                    _ = ShowAsync(receipts, message);
                }
            }
        }
        catch (Exception killed) when (killed is ImException or ObjectDisposedException or OperationCanceledException)
        {
            // Killed while it was invited.
        }
    }

    private static async Task ShowAsync(MessageReceipts receipts, ImMessage message)
    {
        if (message.Text.EndsWith('!'))
        {
            try
            {
                await receipts.DisplayedAsync(message);
            }
            catch (ObjectDisposedException)
            {
                // Killed between the message and its display.
            }
        }
    }
}
