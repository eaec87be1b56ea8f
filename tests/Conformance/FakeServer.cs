using System.Net;
using System.Net.Sockets;
using OmaIm.Client;
using OmaIm.Tests.Support.Wire;

namespace OmaIm.Tests.Conformance;

/// <summary>A server that is the test's, so that it sees what our client says before any server of ours has changed it.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private WireUser? _connection;

    public FakeServer()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Client = new ImClient(new ImClientOptions { User = "alice", Password = "alice-secret", Server = _listener.LocalEndPoint!.ToString()!, ListenForMsrp = false });
    }

    public ImClient Client { get; }

    /// <summary>The INVITE by which the client begins something; it is declined, and what was begun has failed.</summary>
    public async Task<SipText> InvitedAsync(Func<ImClient, Task> begin)
    {
        var beginning = begin(Client);
        _connection ??= await WireUser.AcceptAsync(_listener, "alice");
        var invite = await _connection.IncomingAsync("INVITE");
        await _connection.RespondAsync(invite, 603, "Decline", tag: WireUser.NewId());
        await Xunit.Assert.ThrowsAsync<ImException>(() => beginning);
        return invite;
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        _listener.Dispose();
    }
}
