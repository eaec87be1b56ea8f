using Microsoft.AspNetCore.Connections;

namespace OmaIm.Load.Anchor;

/// <summary>As little as a relay can do: of every two connections, what the first one sends goes to the second.</summary>
internal sealed class PlainCopy : ConnectionHandler
{
    private TaskCompletionSource<ConnectionContext>? _waiting;

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
