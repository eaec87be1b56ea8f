using OmaIm.Client.Receipts;
using OmaIm.Protocols.Imdn;

namespace OmaIm.Tests.Unit.Client.Receipts;

internal static class TestMessages
{
    public const string Alice = "sip:alice@localhost";
    public const string Bob = "sip:bob@localhost";

    public static JournalMessage Message(
        string id, ImdnRequests requests = ImdnRequests.PositiveDelivery | ImdnRequests.Display, int size = 3, string sender = Alice) => new()
        {
            Key = new MessageKey(sender, id),
            To = Bob,
            SentAt = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero),
            Requests = requests,
            ContentType = "text/plain",
            Content = new byte[size],
        };

    public static string[] Ids(this IMessageJournal journal) => [.. journal.Messages.Select(message => message.Key.MessageId)];

    public static string[] OwedIds(this IMessageJournal journal) => [.. journal.Owed.Select(owed => $"{owed.Message.Key.MessageId}:{owed.Kind}")];
}
