using System.Net;
using System.Net.Sockets;
using OmaIm.Client;
using OmaIm.Tests.Support;
using OmaIm.Tests.Support.Wire;

namespace OmaIm.Tests.Conformance.Relays;

/// <summary>A relay as a test wants it: it takes one connection and answers what the test says.</summary>
internal sealed class FakeRelay : IAsyncDisposable
{
    public const string Challenge = "WWW-Authenticate: Digest realm=\"relay.test\", nonce=\"abc\", qop=\"auth\"";

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ImClient _client;
    private WireMsrp? _connection;

    public FakeRelay(string server)
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _client = new ImClient(new ImClientOptions
        {
            User = "alice",
            Password = "alice-secret",
            Server = server,
            MsrpRelay = new MsrpRelayOptions { Uri = Uri, User = "roamer", Password = "roamer-secret" },
        });
        Joining = _client.JoinAsync(Lobby.Room);
    }

    public string Uri => $"msrp://{_listener.LocalEndPoint};tcp";

    /// <summary>The client's way into a room; it waits for the relay.</summary>
    public Task<RoomSession> Joining { get; }

    public async Task<MsrpWireFrame> AuthAsync()
    {
        _connection ??= await WireMsrp.AcceptAsync(_listener);
        return await _connection.RequestAsync("AUTH");
    }

    /// <summary>Answers with header lines.</summary>
    public Task AnswerAsync(MsrpWireFrame request, int status, params string[] headers) => _connection!.SendAsync(
        $"MSRP {request.TransactionId} {status} Said\r\nTo-Path: {request.FromPath}\r\nFrom-Path: {request.ToPath}\r\n"
        + string.Concat(headers.Select(static header => header + "\r\n")) + $"-------{request.TransactionId}$\r\n");

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        if (_connection is not null)
        {
            await _connection.DisposeAsync();
        }

        _listener.Dispose();
    }
}
