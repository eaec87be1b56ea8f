using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using OmaIm.Client;
using OmaIm.Protocols.Sip;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;

namespace OmaIm.Tests.EndToEnd.Im;

/// <summary>
/// Two clients and between them a registrar that passes requests on as they are, without a word on the sessions: their dialogs and MSRP
/// connections are their own (OMA IM-4).
/// </summary>
internal sealed class DirectPair : IAsyncDisposable
{
    private readonly ControlLoop _loop = new(TimeProvider.System);
    private readonly Dictionary<string, SipUri> _contacts = [];
    private readonly Dictionary<string, SipFlow> _flows = [];
    private SipTransport? _transport;
    private TransactionLayer? _transactions;

    public ImClient Alice { get; private set; } = null!;

    public ImClient Bob { get; private set; } = null!;

    /// <summary>Where their requests go: host:port, by UDP.</summary>
    public string Server { get; private set; } = "";

    /// <summary>Changes a request before it goes on.</summary>
    public Action<SipMessage>? Altered { get; set; }

    /// <summary>The dialog of the last answer to an INVITE, provisional ones too.</summary>
    public (string CallId, string CallersTag, string CalleesTag) LastDialog { get; private set; }

    /// <summary>Who has said goodbye to the registrar.</summary>
    public ConcurrentBag<string> Unregistered { get; } = [];

    public static async Task<DirectPair> StartAsync(Func<ImClientOptions, ImClientOptions>? bob = null)
    {
        var pair = new DirectPair();
        pair._loop.Start();
        pair._transport = new SipTransport(pair._loop, new SipTransportOptions(), NullLoggerFactory.Instance);
        pair._transactions = new TransactionLayer(pair._loop, pair._transport);
        pair._transactions.RequestReceived += pair.OnRequest;
        pair._transactions.AckReceived += (ack, _) => pair.Forward(ack, stateless: true, null);
        var address = await pair._transport.BindUdpAsync(new IPEndPoint(IPAddress.Loopback, 0));
        pair.Server = address.ToString();
        ImClientOptions Account(string user) => new() { User = user, Password = "x", Server = address.ToString(), Transport = SipProtocol.Udp };
        pair.Alice = new ImClient(Account("alice"));
        pair.Bob = new ImClient(bob is null ? Account("bob") : bob(Account("bob")));
        await pair.Alice.RegisterAsync();
        await pair.Bob.RegisterAsync();
        return pair;
    }

    /// <summary>One more client, which the test disposes.</summary>
    public ImClient Client(string user) => new(new ImClientOptions { User = user, Password = "x", Server = Server, Transport = SipProtocol.Udp });

    public async ValueTask DisposeAsync()
    {
        await Alice.DisposeAsync();
        await Bob.DisposeAsync();
        await _transport!.DisposeAsync();
        _loop.Dispose();
    }

    private void OnRequest(ServerTransaction transaction)
    {
        if (transaction.Request.Method == SipMethod.Register)
        {
            var contact = transaction.Request.Contact!;
            _contacts[transaction.Request.To!.Uri.Aor] = contact.Uri;
            _flows[contact.Uri.User!] = transaction.Flow;
            if (contact.Expires == 0)
            {
                Unregistered.Add(transaction.Request.To.Uri.Aor);
            }

            var response = transaction.CreateResponse(200);
            response.Headers.Set(SipHeaderId.Contact, contact.ToString());
            transaction.Respond(response);
            return;
        }

        Forward(transaction.Request, stateless: false, transaction);
    }

    private void Forward(SipMessage request, bool stateless, ServerTransaction? transaction)
    {
        var target = _contacts.GetValueOrDefault(request.RequestUri.Aor) ?? request.RequestUri;
        if (target.User is null || !_flows.TryGetValue(target.User, out var flow))
        {
            transaction?.Respond(404);
            return;
        }

        var forwarded = request.ForwardTo(target);
        forwarded.Headers.Remove(SipHeaderId.Via);
        Altered?.Invoke(forwarded);
        if (stateless)
        {
            _transactions!.SendStateless(forwarded, flow);
            return;
        }

        _transactions!.Send(forwarded, flow, (_, response) =>
        {
            if (response.StatusCode > 100)
            {
                Return(transaction!, response);
            }
        });
    }

    private void Return(ServerTransaction transaction, SipMessage response)
    {
        if (response.Method == SipMethod.Invite && response.To!.Tag is { } tag)
        {
            LastDialog = (response.CallId!.Value, response.From!.Tag!, tag);
        }

        var returned = transaction.CreateResponse(response.StatusCode, response.ReasonPhrase);
        foreach (var id in (SipHeaderId[])[SipHeaderId.To, SipHeaderId.Contact, SipHeaderId.Allow, SipHeaderId.Supported, SipHeaderId.SessionExpires, SipHeaderId.Require])
        {
            if (response.Headers.GetText(id) is { } value)
            {
                returned.Headers.Set(id, value);
            }
        }

        if (!response.Body.IsEmpty)
        {
            returned.SetBody(response.Headers.GetText(SipHeaderId.ContentType)!, response.Body);
        }

        transaction.Respond(returned);
    }
}
