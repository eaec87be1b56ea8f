using OmaIm.Protocols.Imdn;
using OmaIm.Protocols.IsComposing;
using OmaIm.Protocols.Sdp;
using OmaIm.Stack.Timing;

namespace OmaIm.Client.Messages;

/// <summary>
/// Where messages of all modes end: kept, then acknowledged, then shown, each of them once. Lives on the control loop.
/// </summary>
internal sealed class Inbox(ImClientOptions options, HandlerQueue handlers, ControlLoop loop)
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

        var kept = await KeepAsync(message, () => TryShow(message));
        if (kept == Keeping.New && !TryShow(message))
        {
            Forget(message);
            return false;
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
    /// <param name="message">The message.</param>
    /// <param name="late">
    /// Called when it is in safety after all, when that has taken too long: its sender has heard that it failed. It is to be shown then, for a copy
    /// of it would be a duplicate.
    /// </param>
    public Task<Keeping> KeepAsync(ImMessage message, Action late) => message.MessageId is { } id
        ? _seen.TakeOnceAsync(message.Sender, id, () => TryKeepAsync(message, late))
        : TryKeepAsync(message, late);

    /// <summary>A message that nobody has kept could not be shown either: it may come again.</summary>
    public void Forget(ImMessage message)
    {
        if (message.MessageId is { } id)
        {
            _seen.Forget(message.Sender, id);
        }
    }

    /// <summary>False when there is no room for a message that nobody has kept.</summary>
    private bool TryShow(ImMessage message)
    {
        if (MessageHandler() is { } handler && !handlers.TryRun(() => handler(message), message.Content.Length) && !Keeps)
        {
            return false;
        }

        Kept(message);
        return true;
    }

    private static bool IsComposing(ImMessage message) =>
        message.ContentType.StartsWith(IsComposingDocument.ContentType, StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Messages are kept together, and shown in the order in which they came: whatever keeps them may be done with a later one first, or say so on
    /// another thread.
    /// </summary>
    private async Task<Keeping> TryKeepAsync(ImMessage message, Action late)
    {
        if (options.BeforeAcknowledging is not { } keep)
        {
            return Keeping.New;
        }

        // The next one continues behind this one's caller, who shows the message.
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = _keptBefore;
        _keptBefore = turn.Task;
        var isLate = new TaskCompletionSource();
        var limit = loop.Schedule(options.KeepingTime, isLate.SetResult);
        var keeping = TryKeepAsync(keep, message);
        await Task.WhenAny(keeping, isLate.Task);
        limit.Cancel();
        await before;
        turn.SetResult();
        if (keeping.IsCompleted)
        {
            return await keeping;
        }

        _ = AwaitLateAsync(keeping, message, late);
        return Keeping.Failed;
    }

    private async Task AwaitLateAsync(Task<Keeping> keeping, ImMessage message, Action late)
    {
        if (await keeping == Keeping.New && (message.MessageId is not { } id || _seen.TryAdd(message.Sender, id)))
        {
            late();
        }
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
