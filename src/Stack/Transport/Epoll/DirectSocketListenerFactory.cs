using System.Net;
using Microsoft.AspNetCore.Connections;

namespace OmaIm.Stack.Transport.Epoll;

/// <summary>
/// Kestrel's listeners for connections whose handler wants the socket itself. Middleware works as ever: whoever asks such a connection for
/// its pipes gets Kestrel's own sockets transport, whoever takes its socket gets the plain descriptor.
/// </summary>
/// <param name="options">What the listeners ask of a connection before Kestrel sees it.</param>
public sealed class DirectSocketListenerFactory(DirectSocketOptions options) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => OperatingSystem.IsLinux();

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult<IConnectionListener>(new DirectSocketListener((IPEndPoint)endpoint, options));
}
