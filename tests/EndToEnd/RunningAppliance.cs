using System.Net;
using Microsoft.Extensions.Logging;
using OmaIm.Appliance.Configuration;
using OmaIm.Appliance.Hosting;
using OmaIm.Client;
using OmaIm.Stack.Transport;
using OmaIm.Tests.EndToEnd.Hostile;
using Xunit;

namespace OmaIm.Tests.EndToEnd;

/// <summary>A whole appliance on free loopback ports with its demo accounts, and clients of it. Everything is taken down with it.</summary>
public class RunningAppliance : IAsyncLifetime
{
    public const string Lobby = "sip:lobby@rooms.localhost";

    private readonly List<ImClient> _clients = [];
    private readonly List<ImRuntime> _runtimes = [];
    private ImRuntime? _runtime;

    /// <summary>So many accounts, user1 and on, take the place of the demo accounts; the lobby has room for all.</summary>
    public int Accounts { get; init; }

    /// <summary>So many rooms there are with such accounts: the lobby, room2, room3 and on.</summary>
    public int Rooms { get; init; } = 1;

    public ApplianceHost Host { get; private set; } = null!;

    /// <summary>host:port of SIP over TCP.</summary>
    public string Server => Host.SipTcp.ToString();

    /// <summary>What brings the bytes of MSRP to the server: sockets that its loop reads itself; pipes, where that is overridden.</summary>
    protected virtual MsrpSettings MsrpSettings => new();

    /// <summary>How its clients reach MSRP: over TLS, or null for plain TCP.</summary>
    public virtual MsrpTlsOptions? MsrpTls => null;

    protected virtual TlsSettings Tls => new();

    protected virtual AdmissionSettings Admission => new();

    protected virtual SessionSettings Sessions => new();

    protected virtual PagerSettings Pager => new();

    /// <summary>Rooms beside the lobby, for the demo accounts.</summary>
    protected virtual IReadOnlyList<RoomSettings> FurtherRooms => [];

    public async Task InitializeAsync()
    {
        Host = await ApplianceHost.StartAsync(Options(sipTcp: 0, sipUdp: 0, msrp: 0, msrpTls: 0));
        _runtime = ImRuntime.Start();
    }

    public virtual async Task DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        foreach (var runtime in _runtimes.Append(_runtime!))
        {
            await runtime.DisposeAsync();
        }

        await Host.DisposeAsync();
    }

    /// <summary>A client of the runtime that all share.</summary>
    public ImClient Client(string user, string? password = null, SipProtocol transport = SipProtocol.Tcp) =>
        Client(user, _runtime!, password, transport);

    /// <summary>A client with threads and sockets of its own, so that they can be torn away from it.</summary>
    public ImClient Client(string user, out ImRuntime own)
    {
        own = ImRuntime.Start();
        _runtimes.Add(own);
        return Client(user, own, null, SipProtocol.Tcp);
    }

    /// <summary>A client with threads and sockets of its own, and with options that <paramref name="configure"/> makes of the usual ones.</summary>
    public ImClient Client(string user, out ImRuntime own, Func<ImClientOptions, ImClientOptions> configure)
    {
        own = ImRuntime.Start();
        var client = new ImClient(configure(new ImClientOptions { User = user, Password = user + "-secret", Server = Server, Runtime = own }));
        _runtimes.Add(own);
        _clients.Add(client);
        return client;
    }

    /// <summary>A client whose SIP goes through a relay.</summary>
    internal ImClient Client(string user, CuttableRelay relay) => Client(user, _runtime!, null, SipProtocol.Tcp, relay.Address.ToString());

    /// <summary>A client whose messages go over TLS.</summary>
    public ImClient Client(string user, MsrpTlsOptions tls) => Client(user, _runtime!, null, SipProtocol.Tcp, tls: tls);

    public async Task<RoomSession> JoinLobbyAsync(string user, JoinOptions? options = null) => await Client(user).JoinAsync(Lobby, options);

    /// <summary>A bare MSRP connection, made as its clients make theirs.</summary>
    internal Task<RawSocket> ConnectMsrpAsync(int? receiveBuffer = null) =>
        RawSocket.ConnectAsync(MsrpTls is null ? Host.Msrp : Host.MsrpTls!, receiveBuffer, MsrpTls);

    /// <summary>Stops the appliance and starts another one on the same ports: a restart as clients see it.</summary>
    public async Task RestartAsync()
    {
        var (sipTcp, sipUdp, msrp, msrpTls) = (Host.SipTcp.Port, Host.SipUdp.Port, Host.Msrp.Port, Host.MsrpTls?.Port ?? 0);
        await Host.DisposeAsync();
        Host = await ApplianceHost.StartAsync(Options(sipTcp, sipUdp, msrp, msrpTls));
    }

    private ImClient Client(
        string user, ImRuntime runtime, string? password, SipProtocol transport, string? server = null, MsrpTlsOptions? tls = null)
    {
        var client = new ImClient(new ImClientOptions
        {
            User = user,
            Password = password ?? user + "-secret",
            Server = server ?? (transport == SipProtocol.Udp ? Host.SipUdp.ToString() : Server),
            Transport = transport,
            MsrpTls = tls ?? MsrpTls,
            Runtime = runtime,
        });
        _clients.Add(client);
        return client;
    }

    private ApplianceOptions Options(int sipTcp, int sipUdp, int msrp, int msrpTls) => new()
    {
        Sip = new SipSettings { Udp = Listener(sipUdp), Tcp = Listener(sipTcp) },
        Msrp = MsrpSettings with { Address = IPAddress.Loopback, Port = msrp, Tls = new MsrpTlsSettings { Port = msrpTls } },
        Tls = Tls,
        Admission = Admission,
        Sessions = Sessions,
        Pager = Pager,
        Http = new HttpSettings { Address = IPAddress.Loopback, Port = 0 },
        Log = new LogSettings { Level = LogLevel.Warning },
        Accounts = [.. Enumerable.Range(1, Accounts).Select(i => new AccountSettings { User = $"user{i}", Password = $"user{i}-secret" })],
        Rooms = Accounts > 0 ? [.. Enumerable.Range(1, Rooms).Select(i => new RoomSettings { Name = i == 1 ? "lobby" : $"room{i}" })] : FurtherRooms,
    };

    private static ListenerSettings Listener(int port) => new() { Address = IPAddress.Loopback, Port = port };
}
