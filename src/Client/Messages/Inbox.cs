using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.IsComposing;
using OmaIm.Protocols.Sdp;

namespace OmaIm.Client.Messages;

/// <summary>
/// Where messages of all modes end: kept, then acknowledged, then shown, each of them once. Lives on the control loop.
/// </summary>
internal sealed class Inbox(ImClientOptions options, HandlerQueue handlers)
{
    private readonly SeenMessages _seen = new();
    private Task _keptBefore = Task.CompletedTask;

    /// <summary>A message for the program; null while it does not listen.</summary>
    public Func<Action<ImMessage>?> MessageHandler { get; init; } = () => null;

    public Func<Action<Receipt>?> ReceiptHandler { get; init; } = () => null;

    /// <summary>Told of a message that is new and kept: its sender may want a receipt.</summary>
    public Action<ImMessage> Kept { get; init; } = _ => { };

    /// <summary>The value of Accept; what MSRP calls "*" is written otherwise there (RFC 3261 section 20.1).</summary>
    public string Accept { get; } = string.Join(", ", options.AcceptTypes.Select(static type => type == "*" ? "*/*" : type));

    /// <summary>Whether anybody is there to take a message.</summary>
    public bool IsWanted => MessageHandler() is not null || Keeps;

    /// <summary>Whether messages are brought into safety, so that one that cannot be shown is not lost.</summary>
    public bool Keeps => options.BeforeAcknowledging is not null;

    public bool Takes(string contentType) => MediaTypeList.Matches(options.AcceptTypes, contentType);

    /// <summary>Takes a message for the handlers of the client; false when it must not be acknowledged.</summary>
    public async Task<bool> TakeAsync(ImMessage message)
    {
        if (TryReadReceipts(message, out var receipts))
        {
            // A receipt that nobody hears must come again, all the more as its sender counts on us by now.
            return receipts.TrueForAll(receipt => handlers.TryRun(() => ReceiptHandler()?.Invoke(receipt)));
        }

        if (IsComposing(message))
        {
            return true;
        }

        if (!IsWanted)
        {
            return false;
        }

        var kept = await KeepAsync(message);
        if (kept == Keeping.New && MessageHandler() is { } handler && !handlers.TryRun(() => handler(message), message.Content.Length) && !Keeps)
        {
            Forget(message);
            return false;
        }

        if (kept == Keeping.New)
        {
            Kept(message);
        }

        return kept != Keeping.Failed;
    }

    /// <summary>The notifications that a message consists of, none when they cannot be read; false for any other message.</summary>
    public static bool TryReadReceipts(ImMessage message, out List<Receipt> receipts)
    {
        var isRead = ImdnBody.TryParse(message.ContentType, message.Content, out var notifications);
        receipts = isRead ? [.. notifications!.Select(imdn => new Receipt(imdn.MessageId, message.Sender, imdn.Kind, imdn.Status) { VouchedBy = message.Author is null ? null : message.From })] : [];
        return isRead || ImdnBody.IsImdn(message.ContentType);
    }

    /// <summary>Brings a message into safety before anybody is told that it has arrived.</summary>
    public Task<Keeping> KeepAsync(ImMessage message) => message.MessageId is { } id
        ? _seen.TakeOnceAsync(message.Sender, id, () => TryKeepAsync(message))
        : TryKeepAsync(message);

    /// <summary>A message that nobody has kept could not be shown either: it may come again.</summary>
    public void Forget(ImMessage message)
    {
        if (message.MessageId is { } id)
        {
            _seen.Forget(message.Sender, id);
        }
    }

    private static bool IsComposing(ImMessage message) =>
        message.ContentType.StartsWith(IsComposingDocument.ContentType, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Messages are kept together, and shown in the order in which they came: whatever keeps them may be done with a later one first, or say so on
    /// another thread.
    /// </summary>
    private async Task<Keeping> TryKeepAsync(ImMessage message)
    {
        if (options.BeforeAcknowledging is not { } keep)
        {
            return Keeping.New;
        }

        // The next one continues behind this one's caller, who shows the message.
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = _keptBefore;
        _keptBefore = turn.Task;
        var keeping = await TryKeepAsync(keep, message);
        await before;
        turn.SetResult();
        return keeping;
    }

    private static async Task<Keeping> TryKeepAsync(Func<ImMessage, ValueTask<bool>> keep, ImMessage message)
    {
        try
        {
            return await keep(message) ? Keeping.New : Keeping.Duplicate;
        }
        catch (Exception)
        {
            // Whatever went wrong: what is not kept is not acknowledged, and its sender hears of that.
            return Keeping.Failed;
        }
    }
}
