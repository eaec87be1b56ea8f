using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OmaIm.Appliance.Http;

namespace OmaIm.Appliance.Hosting;

/// <summary>Kestrel with our listeners and nothing else: no configuration of its own, no environment variables, no signal handlers.</summary>
internal static class WebHost
{
    /// <summary>Probes and scrapes send a few hundred bytes and no body.</summary>
    private const int RequestBytes = 16 * 1024;

    public static WebApplication Create(IReadOnlyList<Listener> listeners, HttpEndpoints endpoints, ILoggerFactory loggers)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Limits.MaxRequestHeadersTotalSize = RequestBytes;
            foreach (var listener in listeners)
            {
                listener.AddTo(kestrel);
            }
        });
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton<IHostLifetime, SilentLifetime>();

        // The last factory wins.
        builder.Services.AddSingleton<IConnectionListenerFactory>(
            new ListenerTransports(new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers), listeners));

        var application = builder.Build();
        application.Run(endpoints.ServeAsync);
        return application;
    }

    /// <summary>Start and stop are the appliance's business; the framework's lifetime would take SIGTERM for itself.</summary>
    private sealed class SilentLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
