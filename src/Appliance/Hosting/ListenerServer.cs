using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OmaIm.Stack.Transport;

namespace OmaIm.Appliance.Hosting;

/// <summary>
/// Kestrel with our listeners and nothing around it: no generic host, no configuration of its own, no environment variables, no signal
/// handlers. Those are half of what a web application loads at start, and the appliance has its own of each.
/// </summary>
internal static class ListenerServer
{
    /// <summary>Probes and scrapes send a few hundred bytes and no body.</summary>
    private const int RequestBytes = 16 * 1024;

    public static KestrelServer Create(IReadOnlyList<Listener> listeners, ILoggerFactory loggers)
    {
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        kestrel.Limits.MaxRequestBodySize = 0;
        kestrel.Limits.MaxRequestHeadersTotalSize = RequestBytes;
        foreach (var listener in listeners)
        {
            listener.AddTo(kestrel);
        }

        var sockets = new SocketTransportFactory(Options.Create(PipeMemory.Transport()), loggers);
        return new KestrelServer(Options.Create(kestrel), new ListenerTransports(sockets, listeners), loggers);
    }
}
