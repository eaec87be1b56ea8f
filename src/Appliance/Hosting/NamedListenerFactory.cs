using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace OmaIm.Appliance.Hosting;

/// <summary>Binds through another factory and says in one line which listener failed and why; Kestrel alone calls every one of them http.</summary>
internal sealed class NamedListenerFactory(IConnectionListenerFactory inner, IReadOnlyList<Listener> listeners) : IConnectionListenerFactory
{
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.BindAsync(endpoint, cancellationToken);
        }
        catch (Exception exception) when (exception is AddressInUseException or SocketException)
        {
            var listener = listeners.First(listener => listener.EndPoint.Equals(endpoint));
            throw ListenException.For(listener.Name, listener.Key, listener.EndPoint, exception);
        }
    }
}
