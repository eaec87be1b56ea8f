using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using OmaIm.Appliance.Configuration;
using OmaIm.Appliance.Connections;
using OmaIm.Appliance.Http;
using OmaIm.Appliance.Logging;
using OmaIm.Appliance.Metrics;
using OmaIm.Server;
using OmaIm.Server.Core;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transport;
using OmaIm.Stack.Transport.Epoll;

namespace OmaIm.Appliance.Hosting;

/// <summary>
/// One running appliance: builds the parts, opens the listeners, and takes all of it down again. Several can live in one process;
/// with port 0 each gets ports of its own.
/// </summary>
public sealed partial class ApplianceHost : IAsyncDisposable
{
    /// <summary>Of the grace time, what the dialogs may take; connections and threads need the rest.</summary>
    private const double DialogShare = 0.7;

    private readonly ApplianceOptions _options;
    private readonly DescriptorBudget _descriptors;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly MetricsCollector _metrics;
    private readonly ControlLoop _control;
    private readonly SipTransport _sip;
    private readonly MsrpLoop[] _msrp;
    private readonly MsrpEndpoint _endpoint;
    private readonly MsrpEndpoint? _secureEndpoint;
    private readonly StackMetrics _stackMetrics;
    private readonly HealthChecks _health;
    private readonly Listener _sipTcp;
    private readonly Listener _msrpTcp;
    private readonly Listener? _msrpTls;
    private readonly Listener _http;
    private readonly HttpEndpoints _httpEndpoints;
    private readonly KestrelServer _listeners;
    private Task? _stop;

    private ApplianceHost(ApplianceOptions options)
    {
        _options = options;
        _loggers = LogSetup.Create(options.Log);
        _logger = _loggers.CreateLogger("OmaIm.Appliance");
        _control = new ControlLoop(TimeProvider.System, _loggers.CreateLogger<ControlLoop>());
        _sip = new SipTransport(_control, PartOptions.SipTransport(options.Sip), _loggers);
        _msrp = new MsrpLoop[PartOptions.MsrpLoops(options.Msrp)];
        for (var i = 0; i < _msrp.Length; i++)
        {
            _msrp[i] = new MsrpLoop(PartOptions.MsrpLoop(options.Msrp), TimeProvider.System, _loggers.CreateLogger<MsrpLoop>());
        }

        // Behind the loops, whose descriptors are no connections.
        _descriptors = DescriptorBudget.OfProcess();
        _endpoint = new MsrpEndpoint(_msrp, new MsrpEndpointOptions());
        var certificate = Certificate(options.Tls);
        _secureEndpoint = certificate is null ? null : new MsrpEndpoint(_msrp, new MsrpEndpointOptions { IsSecure = true });
        Server = new ImServer(PartOptions.ImServer(options), _control, _sip, _endpoint, _loggers, _secureEndpoint);
        _stackMetrics = new StackMetrics(_control, _sip, Server.Dialogs, _msrp);
        _metrics = new MetricsCollector(takes: IsOurs);
        _health = new HealthChecks(Pulses(), TimeProvider.System);
        _sipTcp = new Listener("SIP tcp", "Sip:Tcp", EndPoint(options.Sip.Tcp), listen => listen
            .Use(Limit("sip", options.Sip.MaxConnections, options.Sip.MaxConnectionsPerAddress))
            .Use(EndOnStop.Around)
            .Run(new SipConnectionHandler(_sip).OnConnectedAsync))
        {
            Budget = _descriptors,
        };
        _msrpTcp = MsrpListener(options.Msrp);
        _msrpTls = certificate is null ? null : MsrpTlsListener(options.Msrp, certificate);
        _http = new Listener("HTTP", "Http", new IPEndPoint(options.Http.Address, options.Http.Port), listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(Limit("http", options.Http.MaxConnections, options.Http.MaxConnections));
        });
        _httpEndpoints = new HttpEndpoints(_health, _metrics);
        _listeners = ListenerServer.Create([_sipTcp, _msrpTcp, .. (_msrpTls is null ? (Listener[])[] : [_msrpTls]), _http], _loggers);
    }

    public ImServer Server { get; }

    public IPEndPoint SipUdp { get; private set; } = new(IPAddress.None, 0);

    public IPEndPoint SipTcp => _sipTcp.Bound;

    public IPEndPoint Msrp => _msrpTcp.Bound;

    /// <summary>MSRP over TLS; null without a certificate.</summary>
    public IPEndPoint? MsrpTls => _msrpTls?.Bound;

    public IPEndPoint Http => _http.Bound;

    /// <summary>Brings an appliance up. It is ready when the task ends.</summary>
    /// <param name="options">Port 0 takes any free port.</param>
    /// <param name="banner">Where to say that it is up; null says nothing.</param>
    /// <param name="cancellationToken">Gives up and takes down what was up already.</param>
    /// <exception cref="ConfigurationException">The options contradict each other.</exception>
    /// <exception cref="ListenException">A listener could not be opened.</exception>
    public static async Task<ApplianceHost> StartAsync(ApplianceOptions options, TextWriter? banner = null, CancellationToken cancellationToken = default)
    {
        var problems = ApplianceRules.Check(options, _ => "options").ToList();
        if (problems.Count > 0)
        {
            throw new ConfigurationException(problems);
        }

        var host = new ApplianceHost(DevelopmentProfile.Apply(options));
        try
        {
            await host.OpenAsync(cancellationToken);
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }

        if (banner is not null)
        {
            var lines = Banner.Lines(host._options, DevelopmentProfile.IsOn(options), host.SipUdp, host.SipTcp, host.Msrp, host.MsrpTls, host.Http);
            await banner.WriteLineAsync(string.Join(Environment.NewLine, lines));
        }

        return host;
    }

    /// <summary>Not ready at once, BYE to all dialogs, then the connections; done within the grace time. A second call joins the first.</summary>
    public Task StopAsync() => _stop ??= CloseAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Server.Dispose();
        _stackMetrics.Dispose();
        _metrics.Dispose();
        _loggers.Dispose();
    }

    // The figures of process and listeners belong to all appliances of the process.
    private bool IsOurs(Meter meter) => meter.Name switch
    {
        StackMetrics.MeterName => _stackMetrics.Owns(meter),
        ServerMetrics.MeterName => Server.Metrics.Owns(meter),
        _ => true,
    };

    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        ProcessMetrics.Publish();
        _control.Start();
        for (var i = 0; i < _msrp.Length; i++)
        {
            _msrp[i].Start($"msrp-loop-{i}");
        }

        try
        {
            SipUdp = await _sip.BindUdpAsync(EndPoint(_options.Sip.Udp));
        }
        catch (SocketException exception)
        {
            throw ListenException.For("SIP udp", "Sip:Udp", EndPoint(_options.Sip.Udp), exception);
        }

        await _listeners.StartAsync(_httpEndpoints, cancellationToken);
        var host = _options.Msrp.AdvertisedHost ?? Literal(Msrp.Address);
        _endpoint.Advertise(host, Msrp.Port);
        _secureEndpoint?.Advertise(host, MsrpTls!.Port);
        await _control.InvokeAsync(Server.Start);
        _health.IsReady = true;
        LogReady();
    }

    private async Task CloseAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(_options.GraceSeconds));
        if (_health.IsReady)
        {
            _health.IsReady = false;
            LogStopping(_options.GraceSeconds);
            await EndAsync("dialogs", Server.StopAsync(TimeSpan.FromSeconds(_options.GraceSeconds) * DialogShare), deadline.Token);
        }

        // Listeners close first; Kestrel then waits for the connections, which the transports end.
        var listeners = _listeners.StopAsync(deadline.Token);
        await EndAsync("SIP connections", _sip.DisposeAsync().AsTask(), deadline.Token);
        await EndAsync("listeners", listeners, deadline.Token);
        await EndAsync("MSRP loops", Task.Run(EndMsrp, CancellationToken.None), deadline.Token);
        _endpoint.Dispose();
        _secureEndpoint?.Dispose();
        await EndAsync("control loop", Task.Run(_control.Dispose, CancellationToken.None), deadline.Token);
    }

    /// <summary>A part that hangs costs the grace time, not the stop.</summary>
    private async Task EndAsync(string part, Task end, CancellationToken deadline)
    {
        try
        {
            await end.WaitAsync(deadline);
        }
        catch (OperationCanceledException)
        {
            LogHangs(part);
        }
    }

    // All threads end before the first loop goes: they post to each other.
    private void EndMsrp()
    {
        Array.ForEach(_msrp, static loop => loop.Stop());
        Array.ForEach(_msrp, static loop => loop.Dispose());
    }

    /// <summary>How to ask each loop whether it still comes round.</summary>
    private Dictionary<string, Func<Task>> Pulses()
    {
        var pulses = new Dictionary<string, Func<Task>>(StringComparer.Ordinal) { ["control loop"] = () => _control.InvokeAsync(() => { }) };
        for (var i = 0; i < _msrp.Length; i++)
        {
            var loop = _msrp[i];
            pulses.Add($"MSRP loop {i}", () =>
            {
                var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                loop.Post(answered.SetResult);
                return answered.Task;
            });
        }

        return pulses;
    }

    // The rules have looked at it already.
    private static ServerCertificate? Certificate(TlsSettings tls) =>
        tls is { Certificate: { } certificate, Key: { } key } && ServerCertificate.TryLoad(certificate, key, out var loaded, out _) ? loaded : null;

    // Direct sockets are counted when they are accepted, others when they reach the middleware.
    private Listener MsrpListener(MsrpSettings msrp)
    {
        var isDirect = msrp.DirectSockets && OperatingSystem.IsLinux();
        var limit = LimitOf("msrp", msrp.MaxConnections, msrp.MaxConnectionsPerAddress);
        var direct = new DirectSocketOptions { Gate = new ListenerGate(limit, _descriptors), FirstByte = TimeSpan.FromSeconds(msrp.FirstByteSeconds) };
        return new Listener("MSRP tcp", "Msrp", new IPEndPoint(msrp.Address, msrp.Port), listen => listen
            .Use(isDirect ? limit.Watched : limit.Around)
            .Use(EndOnStop.Around)
            .Run(new MsrpConnectionHandler(_endpoint).OnConnectedAsync))
        {
            Budget = isDirect ? null : _descriptors,
            Transport = isDirect ? new DirectSocketListenerFactory(direct) : null,
        };
    }

    private Listener MsrpTlsListener(MsrpSettings msrp, ServerCertificate certificate) => new("MSRP tls", "Msrp:Tls", new IPEndPoint(msrp.Address, msrp.Tls.Port), listen =>
    {
        listen.Use(Limit("msrp-tls", msrp.MaxConnections, msrp.MaxConnectionsPerAddress));
        listen.Use(EndOnStop.Around);
        listen.Use(new MsrpTls(certificate, TimeSpan.FromSeconds(msrp.Tls.HandshakeSeconds), _loggers.CreateLogger<MsrpTls>()).Around);
        listen.Run(new MsrpConnectionHandler(_secureEndpoint!).OnConnectedAsync);
    })
    {
        Budget = _descriptors,
    };

    private Func<ConnectionDelegate, ConnectionDelegate> Limit(string listener, int inAll, int perAddress) => LimitOf(listener, inAll, perAddress).Around;

    private ConnectionLimit LimitOf(string listener, int inAll, int perAddress) => new(listener, inAll, perAddress, _loggers.CreateLogger<ConnectionLimit>());

    /// <summary>An address as URIs carry it.</summary>
    private static string Literal(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    private static IPEndPoint EndPoint(ListenerSettings listener) => new(listener.Address, listener.Port);

    [LoggerMessage(4001, LogLevel.Information, "Ready")]
    private partial void LogReady();

    [LoggerMessage(4002, LogLevel.Information, "Stopping, within {Seconds} s")]
    private partial void LogStopping(int seconds);

    [LoggerMessage(4003, LogLevel.Warning, "The {Part} did not end within the grace time")]
    private partial void LogHangs(string part);
}
