using System.Globalization;
using OmaIm.Load.Joining;
using OmaIm.Stack.Msrp;
using OmaIm.Stack.Transport.Epoll;
using OmaIm.Switch.Relay;

namespace OmaIm.Load.Anchor;

/// <summary>The relay of one-to-one sessions without the SIP that sets them up: its sessions stand from the start.</summary>
internal sealed class AnchorHost : IRelayObserver, IAsyncDisposable
{
    private const string Host = "127.0.0.1";

    private readonly MsrpLoop _loop = new();
    private readonly MsrpEndpoint _endpoint;
    private readonly int _port;
    private Listener? _listener;

    public AnchorHost(int port, int sessions)
    {
        _port = port;
        _endpoint = new MsrpEndpoint(_loop, new MsrpEndpointOptions { Host = Host, Port = port });
        foreach (var name in RoomNames.OfSessions(sessions, "localhost"))
        {
            var route = new RelayRoute(_endpoint, _endpoint, new RelayOptions(), this);
            foreach (var leg in (RelayLeg[])[route.First, route.Second])
            {
                var member = string.Create(CultureInfo.InvariantCulture, $"member{Paths.Count}");
                leg.Session.RemotePath = $"msrp://127.0.0.1:9/{member};tcp";
                Paths.Add(new MemberPath(name, $"sip:{member}@localhost", Host, port, leg.Session.LocalPath, leg.Session.RemotePath));
            }
        }
    }

    /// <summary>The ends of all sessions: two for each, one behind the other.</summary>
    public List<MemberPath> Paths { get; } = [];

    public async Task StartAsync()
    {
        _loop.Start();
        _listener = await Listener.StartAsync(new DirectSocketListenerFactory(new DirectSocketOptions()), _port, new MsrpConnectionHandler(_endpoint));
    }

    public void OnLegBound(RelayLeg leg, MsrpSession session)
    {
    }

    public void OnLegLost(RelayLeg leg, MsrpSession session, MsrpCloseReason reason) => leg.Route.Close();

    public async ValueTask DisposeAsync()
    {
        if (_listener is not null)
        {
            await _listener.DisposeAsync();
        }

        _loop.Dispose();
        _endpoint.Dispose();
    }
}
