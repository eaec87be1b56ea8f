using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Text;
using OmaIm.Stack.Transport.Epoll;

namespace OmaIm.Stack.Msrp;

/// <summary>
/// One address under which MSRP sessions live: it names them, finds them by their session-id, takes connections from Kestrel and makes its own.
/// </summary>
public sealed class MsrpEndpoint : IDisposable
{
    private const int SessionIdBits = 160;
    private const int LongestSessionId = 128;

    private readonly Dictionary<string, MsrpSession> _sessions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MsrpSession>.AlternateLookup<ReadOnlySpan<char>> _sessionsBySpan;
    private readonly SocketConnectionContextFactory _sockets = new(
        new SocketConnectionFactoryOptions { UnsafePreferInlineScheduling = true }, NullLogger.Instance);

    public MsrpEndpoint(MsrpLoop loop, MsrpEndpointOptions options)
    {
        Loop = loop;
        Options = options;
        _sessionsBySpan = _sessions.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public MsrpLoop Loop { get; }

    public MsrpEndpointOptions Options { get; private set; }

    public string Host => Options.Host;

    public int Port => Options.Port;

    /// <summary>Corrects the address once a listener on port 0 knows its port; before the first session is made.</summary>
    public void Advertise(string host, int port) => Options = Options with { Host = host, Port = port };

    /// <summary>Makes a session that waits for its peer or for <see cref="ConnectAsync"/>. Any thread.</summary>
    public MsrpSession CreateSession(IMsrpSessionHandler handler)
    {
        var session = new MsrpSession(this, RandomToken.Create(SessionIdBits), handler);
        Loop.Post(() => _sessions.Add(session.SessionId, session));
        return session;
    }

    /// <summary>Connects a session whose remote path is known to its peer. The owner hears of the binding, or of the end, as always.</summary>
    /// <exception cref="SocketException">The peer cannot be reached.</exception>
    public async Task ConnectAsync(MsrpSession session, string host, int port, CancellationToken cancellation = default)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host.Trim('[', ']'), port, cancellation).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        _ = Loop.Sockets is { } poller
            ? RunAsync(socket, poller, session.BindActively)
            : RunAsync(_sockets.Create(socket), session.BindActively);
    }

    public void Dispose() => _sockets.Dispose();

    /// <summary>Serves a connection until it ends, then gives it back.</summary>
    internal async Task RunAsync(ConnectionContext context, Action<MsrpConnection>? opened = null)
    {
        await using (context)
        {
            // The server may give the connection up before the loop has it: both happen on the loop's thread, in either order.
            SocketConnection? taken = null;
            var isAborted = false;
            void Abort()
            {
                isAborted = true;
                taken?.Close(MsrpCloseReason.Shutdown);
            }

            void Opened(MsrpConnection connection)
            {
                if (isAborted)
                {
                    connection.Close(MsrpCloseReason.Shutdown);
                }

                opened?.Invoke(connection);
            }

            if (context is DirectSocketContext direct && Loop.Sockets is { } poller
                && direct.TryTakeSocket(() => Loop.Post(Abort), out var socket))
            {
                taken = new SocketConnection(this, socket, poller);
                await ServeAsync(taken, Opened).ConfigureAwait(false);
                return;
            }

            var connection = new PipeConnection(this, context);
            Loop.Post(() =>
            {
                connection.Open();
                connection.OnReady();
                opened?.Invoke(connection);
            });
            await connection.Completion.ConfigureAwait(false);
        }
    }

    private async Task RunAsync(Socket socket, SocketPoller poller, Action<MsrpConnection> opened)
    {
        using (socket)
        {
            // Whoever asked for the connection may be gone when it ends: the socket is closed on no thread of his.
            await ServeAsync(new SocketConnection(this, socket, poller), opened).ConfigureAwait(false);
        }
    }

    private Task ServeAsync(SocketConnection connection, Action<MsrpConnection>? opened)
    {
        Loop.Post(() =>
        {
            connection.Listen();
            opened?.Invoke(connection);
        });
        return connection.Completion;
    }

    /// <summary>This endpoint without a session: how it calls itself where a request names nothing that could be repeated.</summary>
    internal ReadOnlySpan<byte> OwnPath => Encoding.ASCII.GetBytes($"msrp://{Host}:{Port};tcp");

    internal string PathOf(string sessionId) => $"msrp://{Host}:{Port}/{sessionId};tcp";

    /// <summary>The session that a To-Path names; host and port may differ, the session-id may not.</summary>
    internal MsrpSession? Find(ReadOnlySpan<byte> toPath)
    {
        if (!MsrpUri.TryParse(toPath, out var uri) || uri.IsSecure || uri.SessionId.Length is 0 or > LongestSessionId)
        {
            return null;
        }

        Span<char> sessionId = stackalloc char[LongestSessionId];
        var length = Encoding.ASCII.GetChars(uri.SessionId, sessionId);
        return _sessionsBySpan.TryGetValue(sessionId[..length], out var session) ? session : null;
    }

    internal void Remove(MsrpSession session) => _sessions.Remove(session.SessionId);
}
