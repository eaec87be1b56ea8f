using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using OmaIm.Client;
using OmaIm.Client.Signalling;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support;

namespace OmaIm.Tests.Unit.Client;

/// <summary>A client's SIP side and a server node, joined in memory on one clock that the test moves.</summary>
internal sealed class ClientBench : IDisposable
{
    public ClientBench(Action<ServerTransaction>? onMessage = null, SipProtocol protocol = SipProtocol.Udp)
    {
        Server = new SipNode(Time);
        Loop = new ControlLoop(Time);
        var transport = new SipTransport(Loop, new SipTransportOptions(), NullLoggerFactory.Instance);
        (ClientFlow, ServerFlow) = MemoryFlow.Join(transport, Server.Transport, protocol);
        Stack = new SipStack(
            Loop, transport, new TransactionLayer(Loop, transport), TimeSpan.FromSeconds(100), Connect);
        Agent = new UserAgent(
            new ImClientOptions { User = "alice", Password = "alice-secret", Server = "192.0.2.2" },
            _ => Task.FromResult(Stack),
            Invites.Add,
            onMessage);
    }

    /// <summary>Hears what connections are asked for; all are the one that there is.</summary>
    public Action<SipProtocol>? OnConnect { get; set; }

    public FakeTimeProvider Time { get; } = new();

    public SipNode Server { get; }

    public ControlLoop Loop { get; }

    public SipStack Stack { get; }

    public UserAgent Agent { get; }

    public MemoryFlow ClientFlow { get; }

    public MemoryFlow ServerFlow { get; }

    /// <summary>INVITEs that came to the client outside of dialogs.</summary>
    public List<ServerTransaction> Invites { get; } = [];

    /// <summary>Lets everything happen that happens now.</summary>
    public void Settle() => Run(TimeSpan.Zero);

    public void Run(TimeSpan time) => Time.Run(time, Loop, Server.Loop);

    /// <summary>Runs work on the client's loop and lets it happen.</summary>
    public Task Do(Func<Task> work)
    {
        Task? task = null;
        Do(() => { task = work(); });
        return task!;
    }

    /// <inheritdoc cref="Do(Func{Task})"/>
    public Task<T> Do<T>(Func<Task<T>> work)
    {
        Task<T>? task = null;
        Do(() => { task = work(); });
        return task!;
    }

    public void Do(Action work)
    {
        Loop.Post(work);
        Settle();
    }

    /// <summary>Answers a request outside of dialogs with 401 until it carries credentials; true when it does.</summary>
    public static bool Authenticate(ServerTransaction transaction)
    {
        if (transaction.Request.Authorization is not null)
        {
            return true;
        }

        var challenge = transaction.CreateResponse(401, null);
        challenge.Headers.Add(
            SipHeaderId.WWWAuthenticate, "Digest realm=\"localhost\", nonce=\"n1\", algorithm=SHA-256, qop=\"auth\"");
        transaction.Respond(challenge);
        return false;
    }

    public IPEndPoint ClientAddress => ClientFlow.Local;

    private Task<SipFlow> Connect(SipProtocol protocol, IPEndPoint server, CancellationToken cancellationToken)
    {
        OnConnect?.Invoke(protocol);
        return Task.FromResult<SipFlow>(ClientFlow);
    }

    /// <summary>The transports have no sockets, so that there is nothing to wait for.</summary>
    public void Dispose()
    {
        Loop.Dispose();
        Server.Loop.Dispose();
    }
}
