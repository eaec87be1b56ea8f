using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Sip.Headers;
using OmaIm.Protocols.Text;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;

namespace OmaIm.Client.Signalling;

/// <summary>One account as a SIP user agent: its identity, its contact, its credentials and its way to the server. Lives on the control loop.</summary>
internal sealed class UserAgent
{
    /// <summary>What a request within or outside of dialogs may ask of this side.</summary>
    public const string Allow = "INVITE, ACK, CANCEL, BYE, OPTIONS, MESSAGE, NOTIFY, UPDATE";

    /// <summary>
    /// A request that may be longer, its Via included, does not go over UDP (RFC 3261 section 18.1.1, RFC 3428 section 8).
    /// </summary>
    private const int LongestDatagram = 1300;
    private const int ViaBytes = 150;

    private readonly Func<IPEndPoint, Task<SipStack>> _stackTowards;
    private readonly ServerAddress _server;
    private readonly SipProtocol _protocol;
    private readonly Action<ServerTransaction> _onInvite;
    private readonly Action<ServerTransaction>? _onMessage;

    public UserAgent(
        ImClientOptions options,
        Func<IPEndPoint, Task<SipStack>> stackTowards,
        Action<ServerTransaction> onInvite,
        Action<ServerTransaction>? onMessage = null)
    {
        _server = ServerAddress.Parse(options.Server);
        _stackTowards = stackTowards;
        _protocol = options.Transport;
        _onInvite = onInvite;
        _onMessage = onMessage;
        Domain = SipUri.Create(null, options.Domain);
        Identity = SipUri.Create(options.User, options.Domain);
        DisplayName = options.DisplayName;
        MsrpTls = options.MsrpTls;
        MsrpRelay = options.MsrpRelay;
        Authenticator = new Authenticator(options.User, options.Password);
    }

    /// <summary>A new connection is needed for whatever the old one was registered for.</summary>
    public event Action? FlowLost;

    /// <summary>There is a connection again, and the registration over it where one is wanted: what outlived the old one goes on over it.</summary>
    public event Action<SipFlow>? FlowRestored;

    /// <summary>Whether something lives on that needs a connection although it asks for nothing at present.</summary>
    public bool NeedsFlow => FlowRestored is not null;

    public SipUri Domain { get; }

    /// <summary>The user part of the contact: it tells the clients of one socket apart, and nobody can guess it.</summary>
    public string ContactUser { get; } = RandomToken.Create();

    /// <summary>The address-of-record: what From says.</summary>
    public SipUri Identity { get; }

    public string? DisplayName { get; }

    /// <summary>Whom to believe where messages go over TLS; null when nobody has asked for that.</summary>
    public MsrpTlsOptions? MsrpTls { get; }

    /// <summary>The relay that all MSRP passes; null when there is none.</summary>
    public MsrpRelayOptions? MsrpRelay { get; }

    public Authenticator Authenticator { get; }

    /// <summary>Null until <see cref="ConnectAsync(CancellationToken)"/> has found the way to the server.</summary>
    public SipStack? Stack { get; private set; }

    public SipFlow? Flow { get; private set; }

    /// <summary>The flow to the server, opened when there is none.</summary>
    public async Task<SipFlow> ConnectAsync(CancellationToken cancellationToken)
    {
        if (Flow is { IsOpen: true } open)
        {
            return open;
        }

        ImException? failure = null;
        foreach (var address in await _server.ResolveAsync(cancellationToken))
        {
            try
            {
                return await ConnectAsync(address, cancellationToken);
            }
            catch (ImException unreachable)
            {
                failure = unreachable;
            }
        }

        throw failure!;
    }

    /// <summary>Where this client is reached over the flow.</summary>
    public SipUri ContactOn(SipFlow flow) => SipUri.Create(
        ContactUser,
        flow.Local.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{flow.Local.Address}]" : flow.Local.Address.ToString(),
        flow.Local.Port,
        flow.Protocol == SipProtocol.Udp ? null : flow.ViaTransport.ToLowerInvariant());

    /// <summary>A request outside of dialogs with From, To, Call-ID and CSeq; the transaction layer adds Via.</summary>
    public SipMessage CreateRequest(SipMethod method, SipUri target, string callId, string fromTag, uint sequence, SipUri? to = null)
    {
        var request = SipMessage.CreateRequest(method, target);
        var from = new FromHeader(Identity, SipParameters.Empty.With("tag", fromTag), DisplayName);
        request.Headers.Set(SipHeaderId.From, from.ToString());
        request.Headers.Set(SipHeaderId.To, new ToHeader(to ?? target).ToString());
        request.Headers.Set(SipHeaderId.CallId, callId);
        request.Headers.Set(SipHeaderId.CSeq, string.Create(CultureInfo.InvariantCulture, $"{sequence} {method}"));
        request.Headers.Set(SipHeaderId.UserAgent, ImFeatures.Product);
        return request;
    }

    /// <summary>Sends a request outside of dialogs, with credentials as often as they are asked for.</summary>
    /// <param name="create">Makes the request for the given attempt (0, 1, ...), which its CSeq must reflect.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<SipMessage> SendAsync(Func<SipFlow, uint, SipMessage> create, CancellationToken cancellationToken) =>
        SendAsync(create, static (_, flow) => Task.FromResult(flow), cancellationToken);

    /// <summary>As the other, for a request without Contact: one that is too long for UDP goes over TCP.</summary>
    public Task<SipMessage> SendMessageAsync(Func<SipFlow, uint, SipMessage> create, CancellationToken cancellationToken) =>
        SendAsync(create, (request, flow) => FlowForAsync(request, flow, cancellationToken), cancellationToken);

    private async Task<SipMessage> SendAsync(
        Func<SipFlow, uint, SipMessage> create, Func<SipMessage, SipFlow, Task<SipFlow>> choose, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var flow = await ConnectAsync(cancellationToken);
            using var turn = await Stack!.TakeTurnAsync(cancellationToken);
            var request = create(flow, (uint)attempt);
            Authenticator.Authorize(request);
            flow = await choose(request, flow);
            var response = await Stack.Transactions.SendAsync(request, flow, cancellationToken);
            if (!Authenticator.TryLearn(response, attempt))
            {
                Authenticator.Renew(response);
                return response;
            }
        }
    }

    public void Detach() => Stack?.Detach(this);

    /// <summary>A request outside of dialogs that came to the contact.</summary>
    public void OnRequest(ServerTransaction transaction)
    {
        var method = transaction.Request.Method;
        if (method == SipMethod.Invite)
        {
            _onInvite(transaction);
            return;
        }

        if (transaction.Request.Headers.Contains(SipHeaderId.Replaces))
        {
            transaction.Respond(400, "Replaces Outside Of INVITE"); // RFC 3891 section 3
            return;
        }

        if (method == SipMethod.Message && _onMessage is not null)
        {
            _onMessage(transaction);
            return;
        }

        var response = method == SipMethod.Options ? transaction.CreateResponse(200, null) : transaction.CreateResponse(405, null);
        response.Headers.Set(SipHeaderId.Allow, Allow);
        response.Headers.Set(SipHeaderId.Accept, "application/sdp");
        response.Headers.Set(SipHeaderId.Supported, "timer");
        transaction.Respond(response);
    }

    /// <summary>RFC 3261 section 18.1.1: TCP for what is too long, and UDP all the same where nobody listens for TCP.</summary>
    private async Task<SipFlow> FlowForAsync(SipMessage request, SipFlow flow, CancellationToken cancellationToken)
    {
        if (flow.IsReliable || request.ToArray().Length + ViaBytes <= LongestDatagram)
        {
            return flow;
        }

        try
        {
            return await Stack!.ConnectAsync(SipProtocol.Tcp, flow.Remote, cancellationToken);
        }
        catch (ImException)
        {
            return flow;
        }
    }

    public void OnFlowClosed() => FlowLost?.Invoke();

    /// <summary>The connection leads nowhere any more: the next request makes another one.</summary>
    public void Abandon(string reason)
    {
        if (Flow is { IsReliable: true, IsOpen: true } flow)
        {
            flow.Close(reason);
        }
    }

    /// <summary>The connection can be used again.</summary>
    public void Restore()
    {
        if (Flow is { IsOpen: true } flow)
        {
            FlowRestored?.Invoke(flow);
        }
    }

    private async Task<SipFlow> ConnectAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        var stack = await _stackTowards(address);
        if (Stack != stack)
        {
            Stack?.Detach(this);
            Stack = stack;
            stack.Attach(this);
        }

        return Flow = await stack.ConnectAsync(_protocol, address, cancellationToken);
    }
}
