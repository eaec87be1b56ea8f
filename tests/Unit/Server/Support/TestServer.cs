using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using OmaIm.Protocols.Sip;
using OmaIm.Server;
using OmaIm.Server.Core;
using OmaIm.Server.Rooms;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support;

namespace OmaIm.Tests.Unit.Server.Support;

/// <summary>A whole server on a manual clock, without a socket and without a thread: it runs when the test lets it.</summary>
internal sealed class TestServer : IDisposable
{
    private static readonly IPEndPoint Local = new(IPAddress.Loopback, 5060);

    private readonly List<ScriptedClient> _clients = [];
    private readonly MsrpLoop _msrpLoop;
    private readonly MsrpEndpoint _endpoint;
    private readonly MsrpEndpoint? _secureEndpoint;
    private int _nextPort = 40_000;

    /// <param name="options">What the server is told.</param>
    /// <param name="isSecure">Whether it has MSRP over TLS, too.</param>
    public TestServer(ImServerOptions? options = null, bool isSecure = false)
    {
        Loop = new ControlLoop(Clock);
        Transport = new SipTransport(Loop, new SipTransportOptions(), NullLoggerFactory.Instance);
        _msrpLoop = new MsrpLoop(time: Clock);
        _endpoint = new MsrpEndpoint(_msrpLoop, new MsrpEndpointOptions { Host = "127.0.0.1", Port = 2855 });
        _secureEndpoint = isSecure ? new MsrpEndpoint(_msrpLoop, new MsrpEndpointOptions { Host = "127.0.0.1", Port = 2856, IsSecure = true }) : null;
        Server = new ImServer(options ?? Options, Loop, Transport, _endpoint, NullLoggerFactory.Instance, _secureEndpoint);
        Server.Start();
    }

    /// <summary>The demo accounts, a public room, a private room with a moderator.</summary>
    public static ImServerOptions Options { get; } = new()
    {
        Accounts = [.. new[] { "alice", "bob", "carol", "dave" }.Select(user => new AccountOptions { User = user, Password = user + "-secret" })],
        Rooms =
        [
            new RoomOptions { Name = "lobby", Subject = "Welcome" },
            new RoomOptions { Name = "board", Access = RoomAccess.Private, Members = ["alice", "sip:bob@localhost"], Moderators = ["carol"] },
        ],
    };

    public FakeTimeProvider Clock { get; } = new();

    public ControlLoop Loop { get; }

    public SipTransport Transport { get; }

    public ImServer Server { get; }

    public ScriptedClient Client(string user, SipProtocol protocol = SipProtocol.Tcp)
    {
        var client = new ScriptedClient(this, user, new MemoryFlow(protocol, Local, new IPEndPoint(IPAddress.Loopback, _nextPort++)));
        _clients.Add(client);
        return client;
    }

    /// <summary>Gives bytes to the server as if they had come over the flow.</summary>
    public void Receive(SipMessage message, MemoryFlow flow)
    {
        Transport.ReceiveDatagram(message.ToArray(), flow);
        Run();
    }

    /// <summary>Runs everything that is due, the clients' answers included, until nothing happens any more.</summary>
    public void Run()
    {
        bool worked;
        do
        {
            worked = Loop.RunPending() > 0;
            _msrpLoop.RunOnce();
            worked |= Loop.QueueLength > 0;
            foreach (var client in _clients.ToList())
            {
                worked |= client.Pump();
            }
        }
        while (worked);
    }

    /// <summary>Lets time pass in small steps, so that timers fire in their order.</summary>
    public void Advance(TimeSpan time)
    {
        var step = TimeSpan.FromMilliseconds(Math.Clamp(time.TotalMilliseconds / 100, 10, 1_000));
        for (var passed = TimeSpan.Zero; passed < time; passed += step)
        {
            Clock.Advance(step);
            Run();
        }
    }

    public Room Room(string name) => Server.Rooms.Find(name) ?? throw new InvalidOperationException("There is no room " + name);

    /// <summary>The MSRP sessions of a path that the server gave out.</summary>
    public MsrpSession? FindMsrp(string path) =>
        (_endpoint.Find(_msrpLoop, System.Text.Encoding.UTF8.GetBytes(path)) ?? _secureEndpoint?.Find(_msrpLoop, System.Text.Encoding.UTF8.GetBytes(path)));

    /// <summary>The MSRP connection of a session is there.</summary>
    public void Bind(RoomSession session)
    {
        session.Room.Route.OnBound(session.Media.Member.Session);
        Run();
    }

    /// <summary>The MSRP connection of a session dies.</summary>
    public void Break(RoomSession session)
    {
        session.Room.Route.OnClosed(session.Media.Member.Session, MsrpCloseReason.PeerClosed);
        Run();
    }

    public void Dispose()
    {
        Server.Dispose();
        _endpoint.Dispose();
        _secureEndpoint?.Dispose();
        _msrpLoop.Dispose();
        Loop.Dispose();
    }
}
