using System.Net;
using System.Net.Sockets;
using OmaIm.Client;
using OmaIm.Stack.Transport;
using OmaIm.Tests.Support.Wire;

namespace OmaIm.Tests.Conformance;

/// <summary>A server that is the test's, and our client at it, so that it sees what our client says before any server of ours has changed it.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ImRuntime _runtime;
    private readonly List<WireUser> _connections = [];

    public FakeServer(ImRuntimeOptions? options = null, SipProtocol transport = SipProtocol.Tcp)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _runtime = ImRuntime.Start(options);
        Client = new ImClient(new ImClientOptions { User = "alice", Password = "alice-secret", Server = Address.ToString(), Runtime = _runtime, Transport = transport });
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndPoint!;

    public ImClient Client { get; }

    /// <summary>The client's next connection.</summary>
    public async Task<WireUser> AcceptAsync()
    {
        var connection = await WireUser.AcceptAsync(_listener, "bob");
        _connections.Add(connection);
        return connection;
    }

    /// <summary>The client's next connection, bare.</summary>
    public async Task<Socket> AcceptSocketAsync()
    {
        using var patience = new CancellationTokenSource(WireUser.Patience);
        return await _listener.AcceptAsync(patience.Token);
    }

    /// <summary>The client registers and is let; the headers stand in the 200.</summary>
    public async Task<(WireUser Connection, SipText Register)> RegisterAsync(string headers = "")
    {
        var registering = Client.RegisterAsync();
        var connection = await AcceptAsync();
        var register = await connection.IncomingAsync("REGISTER");
        await GrantAsync(connection, register, headers);
        await registering;
        return (connection, register);
    }

    /// <summary>The client registers, and the first attempt is refused with these headers; the second one, which is let.</summary>
    public async Task<(SipText Refused, SipText Again)> RefuseAsync(int status, string headers)
    {
        var registering = Client.RegisterAsync();
        var connection = await AcceptAsync();
        var refused = await connection.IncomingAsync("REGISTER");
        await connection.RespondAsync(refused, status, headers: headers, tag: "s1");
        var again = await connection.IncomingAsync("REGISTER");
        await GrantAsync(connection, again);
        await registering;
        return (refused, again);
    }

    /// <summary>The INVITE by which the client begins something; it is declined, and what was begun has failed.</summary>
    public async Task<SipText> InvitedAsync(Func<ImClient, Task> begin)
    {
        var beginning = begin(Client);
        var connection = _connections.FirstOrDefault() ?? await AcceptAsync();
        var invite = await connection.IncomingAsync("INVITE");
        await connection.RespondAsync(invite, 603, "Decline", tag: WireUser.NewId());
        await Xunit.Assert.ThrowsAsync<ImException>(() => beginning);
        return invite;
    }

    public static Task GrantAsync(WireUser connection, SipText register, string headers = "") =>
        connection.RespondAsync(register, 200, "OK", $"Contact: {register["Contact"]}\r\n{headers}", tag: "s1");

    /// <summary>Behind the end of every connection, so that the client does not wait for a goodbye.</summary>
    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        foreach (var connection in _connections)
        {
            await connection.DisposeAsync();
        }

        await Client.DisposeAsync();
        await _runtime.DisposeAsync();
    }
}
