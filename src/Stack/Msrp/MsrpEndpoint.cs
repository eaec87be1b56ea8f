using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using OmaIm.Protocols.Msrp;
using OmaIm.Protocols.Text;
using OmaIm.Stack.Transport;
using OmaIm.Stack.Transport.Epoll;

namespace OmaIm.Stack.Msrp;

/// <summary>
/// One address under which MSRP sessions live, on one loop or several: it names them so that their names tell the loop, finds them, takes
/// connections from Kestrel and makes its own.
/// </summary>
public sealed class MsrpEndpoint : IDisposable
{
    /// <summary>Loops of one endpoint: so many letters there are that name one.</summary>
    public const int MaximumLoops = 32;

    private const int SessionIdBits = 160;

    private readonly MsrpLoop[] _loops;

    // One table a loop, in the order of the loops.
    private readonly MsrpSessionTable[] _tables;
    private readonly SocketConnectionContextFactory _sockets = new(PipeMemory.Connections(inline: true), NullLogger.Instance);

    private int _connections;
    private int _homes;

    public MsrpEndpoint(MsrpLoop loop, MsrpEndpointOptions options)
        : this([loop], options)
    {
    }

    /// <param name="loops">One to <see cref="MaximumLoops"/>, alike in their options.</param>
    /// <param name="options">The address.</param>
    public MsrpEndpoint(IReadOnlyList<MsrpLoop> loops, MsrpEndpointOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfZero(loops.Count, nameof(loops));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(loops.Count, MaximumLoops, nameof(loops));
        _loops = [.. loops];
        _tables = [.. loops.Select(static _ => new MsrpSessionTable())];
        Options = options;
    }

    public IReadOnlyList<MsrpLoop> Loops => _loops;

    internal bool HasSeveralLoops => _loops.Length > 1;

    public MsrpEndpointOptions Options { get; private set; }

    public bool IsSecure => Options.IsSecure;

    public string Host => Options.Host;

    public int Port => Options.Port;

    /// <summary>Corrects the address once a listener on port 0 knows its port; before the first session is made.</summary>
    public void Advertise(string host, int port) => Options = Options with { Host = host, Port = port };

    /// <summary>A loop for sessions that belong together, such as those of a room: each loop in turn. Any thread.</summary>
    public MsrpLoop NextHome() => InTurn(ref _homes);

    /// <summary>Makes a session that waits for its peer or for <see cref="ConnectAsync"/>, on a loop of this endpoint. Any thread.</summary>
    /// <param name="handler">Its owner.</param>
    /// <param name="loop">The loop; null for the first.</param>
    /// <param name="hearsAnswers">See <see cref="MsrpSession.HearsAnswers"/>.</param>
    /// <param name="largestPiece">See <see cref="MsrpSession.LargestPiece"/>.</param>
    public MsrpSession CreateSession(IMsrpSessionHandler handler, MsrpLoop? loop = null, bool hearsAnswers = false, int largestPiece = 0)
    {
        var index = loop is null ? 0 : IndexOf(loop);
        var sessionId = RandomToken.Letters[index] + RandomToken.Create(SessionIdBits);
        var session = new MsrpSession(this, _loops[index], sessionId, handler) { HearsAnswers = hearsAnswers, LargestPiece = largestPiece };
        _tables[index].Add(session);
        return session;
    }

    /// <summary>Connects a session whose remote path is known to its peer. The owner hears of the binding, or of the end, as always.</summary>
    /// <param name="tls">Whom to expect, for a secure endpoint; null for one that is not.</param>
    /// <exception cref="SocketException">The peer cannot be reached.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">The peer is not whom <paramref name="tls"/> expects.</exception>
    /// <exception cref="IOException">The peer ended the TLS handshake.</exception>
    public Task ConnectAsync(
        MsrpSession session, string host, int port, SslClientAuthenticationOptions? tls = null, CancellationToken cancellation = default) =>
        OpenAsync(session, session.BindActively, host, port, tls, cancellation);

    /// <summary>
    /// Connects a session to the relay that it wants to use (RFC 4976); <see cref="MsrpSession.SendAuth"/> asks it. Its peer need not be known.
    /// </summary>
    /// <inheritdoc cref="ConnectAsync"/>
    public Task ConnectRelayAsync(
        MsrpSession session, string host, int port, SslClientAuthenticationOptions? tls = null, CancellationToken cancellation = default) =>
        OpenAsync(session, session.AttachToRelay, host, port, tls, cancellation);

    private async Task OpenAsync(
        MsrpSession session, Action<MsrpConnection> opened, string host, int port, SslClientAuthenticationOptions? tls, CancellationToken cancellation)
    {
        if (IsSecure != tls is not null)
        {
            throw new ArgumentException("An endpoint is secure, or its connections are not.", nameof(tls));
        }

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

        if (tls is not null)
        {
            var connection = await TlsClientConnection.OpenAsync(socket, tls, cancellation).ConfigureAwait(false);
            _ = RunAsync(connection, session.Loop, opened);
            return;
        }

        _ = session.Loop.Sockets is not null
            ? RunAsync(socket, session.Loop, opened)
            : RunAsync(_sockets.Create(socket), session.Loop, opened);
    }

    /// <summary>Serves a connection that a listener without middleware has accepted, until it ends; the socket is closed then. Any thread.</summary>
    public Task RunAsync(Socket accepted)
    {
        var loop = InTurn(ref _connections);
        return loop.Sockets is not null ? RunAsync(accepted, loop, static _ => { }) : RunAsync(_sockets.Create(accepted), loop);
    }

    public void Dispose() => _sockets.Dispose();

    /// <summary>Serves an accepted connection until it ends, then gives it back.</summary>
    internal Task RunAsync(ConnectionContext context) => RunAsync(context, InTurn(ref _connections));

    private async Task RunAsync(ConnectionContext context, MsrpLoop loop, Action<MsrpConnection>? opened = null)
    {
        await using (context)
        {
            // The server may give the connection up before the loop has it: both happen on the loop's thread, in either order. It may also
            // have moved, and then this loop's thread knows.
            SocketConnection? taken = null;
            var isAborted = false;
            void Abort()
            {
                isAborted = true;
                if (taken is not null && taken.Loop != loop)
                {
                    taken.Loop.Post(() => taken.Close(MsrpCloseReason.Shutdown));
                }
                else
                {
                    taken?.Close(MsrpCloseReason.Shutdown);
                }
            }

            void Opened(MsrpConnection connection)
            {
                if (isAborted)
                {
                    connection.Close(MsrpCloseReason.Shutdown);
                }

                opened?.Invoke(connection);
            }

            if (context is DirectSocketContext direct && loop.Sockets is not null
                && direct.TryTakeSocket(() => loop.Post(Abort), out var socket))
            {
                taken = new SocketConnection(this, loop, socket);
                await ServeAsync(taken, Opened).ConfigureAwait(false);
                return;
            }

            var connection = new PipeConnection(this, loop, context);
            loop.Post(() =>
            {
                connection.Open();
                connection.OnReady();
                opened?.Invoke(connection);
            });
            await connection.Completion.ConfigureAwait(false);
            if (context.Transport is TlsPipes secured && !connection.IsBroken)
            {
                await secured.SayGoodbyeAsync(loop.Time).ConfigureAwait(false);
            }
        }
    }

    private async Task RunAsync(Socket socket, MsrpLoop loop, Action<MsrpConnection> opened)
    {
        using (socket)
        {
            // Whoever asked for the connection may be gone when it ends: the socket is closed on no thread of his.
            await ServeAsync(new SocketConnection(this, loop, socket), opened).ConfigureAwait(false);
        }
    }

    private static Task ServeAsync(SocketConnection connection, Action<MsrpConnection>? opened)
    {
        connection.Loop.Post(() =>
        {
            connection.Listen();
            opened?.Invoke(connection);
        });
        return connection.Completion;
    }

    /// <summary>This endpoint without a session: how it calls itself where a request names nothing that could be repeated.</summary>
    internal ReadOnlySpan<byte> OwnPath => Encoding.ASCII.GetBytes($"{Scheme}://{Host}:{Port};tcp");

    internal string PathOf(string sessionId) => $"{Scheme}://{Host}:{Port}/{sessionId};tcp";

    /// <summary>The session of <paramref name="loop"/> that a To-Path names; host and port may differ, scheme and session-id may not.</summary>
    internal MsrpSession? Find(MsrpLoop loop, ReadOnlySpan<byte> toPath) =>
        TryGetSessionId(toPath, out var sessionId) ? _tables[IndexOf(loop)].Find(sessionId) : null;

    /// <summary>The loop of the session that a To-Path names, whether there is such a session or not; null when it can be none of ours.</summary>
    internal MsrpLoop? LoopOf(ReadOnlySpan<byte> toPath)
    {
        var index = TryGetSessionId(toPath, out var sessionId) ? RandomToken.Letters.IndexOf((char)sessionId[0], StringComparison.Ordinal) : -1;
        return index >= 0 && index < _loops.Length ? _loops[index] : null;
    }

    internal void Remove(MsrpSession session) => _tables[IndexOf(session.Loop)].Remove(session);

    /// <summary>The session-id of a To-Path that may name a session of this endpoint.</summary>
    internal bool TryGetSessionId(ReadOnlySpan<byte> toPath, out ReadOnlySpan<byte> sessionId)
    {
        var isOurs = MsrpUri.TryParse(toPath, out var uri) && uri.IsSecure == IsSecure && uri.SessionId.Length is > 0 and <= MsrpSessionTable.LongestSessionId;
        sessionId = isOurs ? uri.SessionId : default;
        return isOurs;
    }

    private string Scheme => IsSecure ? "msrps" : "msrp";

    private int IndexOf(MsrpLoop loop) => Array.IndexOf(_loops, loop);

    private MsrpLoop InTurn(ref int counter) => _loops[(uint)(Interlocked.Increment(ref counter) - 1) % (uint)_loops.Length];
}
