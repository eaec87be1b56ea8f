using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace OmaIm.Appliance.Hosting;

/// <summary>
/// Binds each listener through its own transport, or through <paramref name="sockets"/>, and says in one line which of them failed
/// and why; Kestrel alone calls every one of them http.
/// </summary>
internal sealed class ListenerTransports(IConnectionListenerFactory sockets, IReadOnlyList<Listener> listeners) : IConnectionListenerFactory
{
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        // The object, not its value: several listeners may ask for port 0.
        var listener = listeners.First(listener => ReferenceEquals(listener.EndPoint, endpoint));
        try
        {
            var bound = await (listener.Transport ?? sockets).BindAsync(endpoint, cancellationToken);
            return listener.Budget is { } budget ? new BudgetedListener(bound, budget) : bound;
        }
        catch (Exception exception) when (exception is AddressInUseException or SocketException)
        {
            throw ListenException.For(listener.Name, listener.Key, listener.EndPoint, exception);
        }
    }
}
