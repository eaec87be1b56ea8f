using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace OmaIm.Load.Anchor;

/// <summary>As little as a relay can do, through Kestrel's sockets: of every two connections, what the first one sends goes to the second.</summary>
internal sealed class PlainCopy : ConnectionHandler
{
    private TaskCompletionSource<ConnectionContext>? _waiting;

    /// <param name="port">0 for any free one.</param>
    public static Task<Listener> ListenAsync(int port) => Listener.StartAsync(
        new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance), port, new PlainCopy());

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var second = new TaskCompletionSource<ConnectionContext>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Interlocked.CompareExchange(ref _waiting, second, null) is { } first)
        {
            Volatile.Write(ref _waiting, null);
            first.SetResult(connection);
            return;
        }

        await using (connection)
        await using (var other = await second.Task)
        {
            await connection.Transport.Input.CopyToAsync(other.Transport.Output);
        }
    }
}
