using Microsoft.Extensions.Logging.Abstractions;
using OmaIm.Client;
using OmaIm.Client.Messages;
using OmaIm.Client.Pager;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Transactions;

namespace OmaIm.Tests.Unit.Client.Pager;

/// <summary>The pager half of a client whose server is the test.</summary>
internal sealed class PagerBench : IDisposable
{
    public PagerBench(ImClientOptions? options = null)
    {
        var chosen = options ?? Account;
        Client = new ClientBench(transaction => new PagerReceiver(Inbox!).OnMessage(transaction));
        Inbox = new Inbox(chosen, new HandlerQueue(10, 1000, NullLogger.Instance), Client.Loop)
        {
            MessageHandler = () => IsListening ? Messages.Add : null,
            ReceiptHandler = () => Receipts.Add,
            Kept = Kept.Add,
        };
        Sender = new PagerSender(Client.Agent, Client.Time, chosen.PagerMaximumSize);
        Client.Server.Dialogs.OutOfDialogRequest += transaction =>
        {
            Received.Add(transaction.Request);
            Answer(transaction);
        };
        Client.Do(() => Client.Agent.ConnectAsync(CancellationToken.None));
    }

    public static ImClientOptions Account { get; } = new() { User = "alice", Password = "alice-secret" };

    public static SipUri Bob { get; } = SipUri.Parse("sip:bob@localhost");

    public ClientBench Client { get; }

    public Inbox Inbox { get; }

    public PagerSender Sender { get; }

    public bool IsListening { get; set; } = true;

    /// <summary>What came to the server.</summary>
    public List<SipMessage> Received { get; } = [];

    /// <summary>How the server answers.</summary>
    public Action<ServerTransaction> Answer { get; set; } = transaction => transaction.Respond(200);

    public BlockingList<ImMessage> Messages { get; } = new();

    public BlockingList<Receipt> Receipts { get; } = new();

    public List<ImMessage> Kept { get; } = [];

    public Task<SentMessage?> Send(string contentType, byte[] content, SendOptions? options = null) =>
        Client.Do(() => Sender.TrySendAsync(Bob, contentType, content, options ?? new SendOptions(), CancellationToken.None));

    /// <summary>The answer to what was delivered last.</summary>
    public SipMessage? LastAnswer { get; private set; }

    /// <summary>A MESSAGE from bob to the client; the result is the status of its answer.</summary>
    public int Deliver(string contentType, byte[] body, string? coding = null)
    {
        var message = SipMessage.CreateRequest(SipMethod.Message, Client.Agent.ContactOn(Client.ClientFlow));
        message.Headers.Set(SipHeaderId.From, "\"Bob\" <sip:bob@localhost>;tag=1");
        message.Headers.Set(SipHeaderId.To, "<sip:alice@localhost>");
        message.Headers.Set(SipHeaderId.CallId, OmaIm.Protocols.Text.RandomToken.Create());
        message.Headers.Set(SipHeaderId.CSeq, "1 MESSAGE");
        message.Headers.Set(SipHeaderId.MaxForwards, "70");
        message.SetBody(contentType, body);
        if (coding is not null)
        {
            message.Headers.Set(SipHeaderId.ContentEncoding, coding);
        }

        LastAnswer = null;
        Client.Server.Loop.Post(() => Client.Server.Transactions.Send(message, Client.ServerFlow, (_, response) => LastAnswer = response));
        Client.Settle();
        return LastAnswer?.StatusCode ?? 0;
    }

    public void Dispose() => Client.Dispose();
}
