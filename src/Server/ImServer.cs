using Microsoft.Extensions.Logging;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Admission;
using OmaIm.Server.Core;
using OmaIm.Server.Dispatch;
using OmaIm.Server.Pager;
using OmaIm.Server.Registrar;
using OmaIm.Server.Rooms;
using OmaIm.Server.Sessions;
using OmaIm.Stack.Dialogs;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;

namespace OmaIm.Server;

/// <summary>
/// The control plane, put together: transactions and dialogs above the transport, admission in front of the dispatch table, behind it
/// the enablers. All of it runs on the control loop.
/// </summary>
public sealed partial class ImServer : IDisposable
{
    private readonly ControlLoop _loop;
    private readonly AddressPlan _addresses;
    private readonly DialogLayer _dialogs;
    private readonly Dispatcher _dispatcher;
    private readonly RoomDirectory _rooms;
    private readonly SessionRequests _sessions;
    private readonly ILogger<ImServer> _logger;

    public ImServer(ImServerOptions options, ControlLoop loop, SipTransport transport, MsrpEndpoint endpoint, ILoggerFactory loggers, MsrpEndpoint? secureEndpoint = null)
    {
        _loop = loop;
        _logger = loggers.CreateLogger<ImServer>();
        _addresses = new AddressPlan(options.Domain, options.RoomsDomain, options.FactoryUser, options.ExploderUser);
        var accounts = new ConfiguredCredentials(options.Accounts, options.Domain);
        _dialogs = new DialogLayer(new TransactionLayer(loop, transport), new SessionTimerOptions { Interval = options.RoomLimits.SessionExpires });
        Admission = new AdmissionPipeline(_addresses, accounts, options.Admission, loop.Time, Metrics, loggers);
        var registrar = new DomainRegistrar(
            _addresses, accounts, options.Registrar, loop, remote => transport.FindFlow(SipProtocol.Udp, remote), Metrics, loggers);
        _dialogs.ReplaceClosedFlow = dialog =>
            registrar.Find(dialog.RemoteUri.Aor).FirstOrDefault(contact => contact.Uri.IsEquivalentTo(dialog.RemoteTarget))?.Flow;
        var connectPolicy = new ConnectPolicy(options.ConnectNetworks);
        _rooms = new RoomDirectory(new RoomServices
        {
            Loop = loop,
            Dialogs = _dialogs,
            Endpoint = endpoint,
            SecureEndpoint = secureEndpoint,
            Addresses = _addresses,
            Accounts = accounts,
            Locations = registrar,
            Limits = options.RoomLimits,
            Route = options.Route,
            ConnectPolicy = connectPolicy,
            Metrics = Metrics,
            Log = new RoomsLog(loggers),
        });
        _sessions = new SessionRequests(new SessionServices
        {
            Loop = loop,
            Dialogs = _dialogs,
            Endpoint = endpoint,
            SecureEndpoint = secureEndpoint,
            Addresses = _addresses,
            Locations = registrar,
            Options = options.Sessions,
            Relay = options.Relay with { MaximumMessageSize = options.Sessions.MaximumMessageSize },
            ConnectPolicy = connectPolicy,
            Metrics = Metrics,
            Log = new SessionsLog(loggers),
        });
        _rooms.Services.SessionDialogs = _sessions;
        foreach (var room in options.Rooms)
        {
            _rooms.Add(room);
        }

        _dispatcher = new Dispatcher(Metrics, loggers);
        Route(accounts, registrar, options.Pager);
    }

    /// <summary>The stages that every request outside a dialog passes, for the operator.</summary>
    public AdmissionPipeline Admission { get; }

    /// <summary>For its statistics, which any thread may read.</summary>
    public DialogLayer Dialogs => _dialogs;

    /// <summary>The figures for metrics and health; safe to read from any thread.</summary>
    public ServerMetrics Metrics { get; } = new();

    internal RoomDirectory Rooms => _rooms;

    internal SessionRequests Sessions => _sessions;

    /// <summary>Takes requests from now on.</summary>
    public void Start() => _dialogs.OutOfDialogRequest += OnRequest;

    /// <summary>Ends all sessions with BYE and all subscriptions, and waits for the answers, but no longer than the grace time. From any thread.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        var ended = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _loop.Post(() =>
        {
            _loop.Schedule(grace, () => ended.TrySetResult(false));
            _rooms.Close(() => _sessions.WhenNone(() => ended.TrySetResult(true)));
            _sessions.Close();
        });
        if (!await ended.Task)
        {
            LogGraceOver(grace);
        }
    }

    public void Dispose() => Metrics.Dispose();

    private void OnRequest(ServerTransaction transaction)
    {
        var destination = _addresses.Resolve(transaction.Request.RequestUri, transaction.Flow.Local.Address);
        if (Admission.Admit(transaction, destination) is { } caller)
        {
            _dispatcher.Dispatch(transaction, caller, destination);
        }
    }

    private void Route(ConfiguredCredentials accounts, DomainRegistrar registrar, PagerOptions pagerOptions)
    {
        _dispatcher.Exists(DestinationKind.User, accounts.Exists);
        _dispatcher.Exists(DestinationKind.Room, name => _rooms.Find(name) is not null);
        _dispatcher.Route(DestinationKind.Server, SipMethod.Register, registrar);
        _dispatcher.Route(DestinationKind.Factory, SipMethod.Invite, new ConferenceFactory(_rooms));
        var pager = new PagerServices
        {
            Transactions = _dialogs.Transactions,
            Addresses = _addresses,
            Accounts = accounts,
            Locations = registrar,
            Options = pagerOptions,
            Metrics = Metrics,
        };
        _dispatcher.Route(DestinationKind.User, SipMethod.Message, new PagerRequests(pager));
        _dispatcher.Route(DestinationKind.Exploder, SipMethod.Message, new Exploder(pager));
        _dispatcher.Route(DestinationKind.Room, SipMethod.Message, new GroupMessages(pager, _rooms));
        _dispatcher.Route(DestinationKind.User, SipMethod.Invite, _sessions);
        var rooms = new RoomRequests(_rooms);
        foreach (var method in RoomRequests.Methods)
        {
            _dispatcher.Route(DestinationKind.Room, method, rooms);
        }
    }

    [LoggerMessage(EventId = 3000, Level = LogLevel.Warning, Message = "Not every session was ended within {Grace}")]
    private partial void LogGraceOver(TimeSpan grace);
}
