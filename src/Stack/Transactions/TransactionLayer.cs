using System.Globalization;
using OmaIm.Protocols.Sip;
using OmaIm.Protocols.Text;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transport;

namespace OmaIm.Stack.Transactions;

/// <summary>Matches messages to transactions (RFC 3261 section 17). All members but <see cref="SendAsync"/> are for the loop.</summary>
public sealed class TransactionLayer
{
    private readonly TransactionLimits _limits;
    private readonly Dictionary<ServerTransactionKey, ServerTransaction> _servers = [];
    private readonly Dictionary<MergeKey, ServerTransaction> _unmerged = [];
    private readonly Dictionary<ClientTransactionKey, ClientTransaction> _clients = [];
    private readonly Dictionary<SipFlow, HashSet<ClientTransaction>> _clientsOfConnection = [];

    public TransactionLayer(ControlLoop loop, SipTransport transport, TransactionTimers? timers = null, TransactionLimits? limits = null)
    {
        Loop = loop;
        Transport = transport;
        Timers = timers ?? TransactionTimers.Default;
        _limits = limits ?? TransactionLimits.Default;
        transport.MessageReceived += OnMessage;
        transport.FlowClosed += OnFlowClosed;
    }

    /// <summary>A new request. CANCEL and retransmissions never come here. An exception out of the handler answers 500.</summary>
    public event Action<ServerTransaction>? RequestReceived;

    /// <summary>An ACK for a 2xx (the others belong to their transaction).</summary>
    public event Action<SipMessage, SipFlow>? AckReceived;

    /// <summary>A response without transaction; it is dropped.</summary>
    public event Action<SipMessage, SipFlow>? StrayResponse;

    public ControlLoop Loop { get; }

    public SipTransport Transport { get; }

    public TransactionTimers Timers { get; }

    public TransactionStatistics Statistics { get; } = new();

    /// <summary>Transactions of both roles that are alive.</summary>
    public int Count => _servers.Count + _clients.Count;

    /// <summary>
    /// Sends a request: prepends the Via with a fresh branch. <paramref name="onResponse"/> gets every provisional response, the final
    /// one, and for INVITE all further 2xx. Without <paramref name="onFailure"/> a failure arrives as a 408 or 503 made here.
    /// No callback comes before this returns.
    /// </summary>
    public ClientTransaction Send(
        SipMessage request,
        SipFlow flow,
        Action<ClientTransaction, SipMessage> onResponse,
        Action<ClientTransaction, TransactionFailure>? onFailure = null)
    {
        PrependVia(request, flow);
        return Start(new ClientRequest(request, flow, onResponse, onFailure));
    }

    /// <summary>
    /// Sends a request and returns its final response, a 408 or 503 made here on failure. From any thread; cancelling ends the
    /// waiting, not the transaction. Not for INVITE, whose 2xx needs an ACK.
    /// </summary>
    public Task<SipMessage> SendAsync(SipMessage request, SipFlow flow, CancellationToken cancellationToken = default)
    {
        var completion = new TaskCompletionSource<SipMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        void SendNow() => Send(request, flow, (_, response) =>
        {
            if (response.StatusCode >= 200)
            {
                completion.TrySetResult(response);
            }
        });

        if (Loop.IsCurrent)
        {
            SendNow();
        }
        else
        {
            Loop.Post(SendNow);
        }

        return completion.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Sends an ACK for a 2xx, which has no transaction: prepends a Via unless it has one.</summary>
    public void SendStateless(SipMessage message, SipFlow flow)
    {
        if (!message.Headers.Contains(SipHeaderId.Via))
        {
            PrependVia(message, flow);
        }

        Statistics.Stateless++;
        flow.Send(message.ToArray());
    }

    /// <summary>Sends a CANCEL, which carries the Via of its INVITE. What becomes of it, the INVITE's own responses tell.</summary>
    internal void SendCancel(SipMessage cancel, SipFlow flow) =>
        Start(new ClientRequest(cancel, flow, static (_, _) => { }, static (_, _) => { }));

    internal void Remove(ClientTransaction transaction)
    {
        if (_clients.Remove(transaction.Key) && _clientsOfConnection.TryGetValue(transaction.Flow, out var siblings))
        {
            siblings.Remove(transaction);
            if (siblings.Count == 0)
            {
                _clientsOfConnection.Remove(transaction.Flow);
            }
        }
    }

    internal void Remove(ServerTransaction transaction)
    {
        _servers.Remove(transaction.Key);
        if (transaction.MergeKey is { } key && _unmerged.TryGetValue(key, out var found) && found == transaction)
        {
            _unmerged.Remove(key);
        }
    }

    private static void PrependVia(SipMessage request, SipFlow flow) => request.Headers.Prepend(
        SipHeaderId.Via,
        string.Create(CultureInfo.InvariantCulture, $"SIP/2.0/{flow.ViaTransport} {flow.SentBy};branch=z9hG4bK{RandomToken.Create()};rport"));

    private ClientTransaction Start(ClientRequest request)
    {
        ClientTransaction transaction = request.Message.Method == SipMethod.Invite
            ? new InviteClientTransaction(this, request)
            : new NonInviteClientTransaction(this, request);
        var fits = Count < _limits.Transactions;
        _clients.Add(transaction.Key, transaction);
        if (request.Flow.IsReliable)
        {
            if (!_clientsOfConnection.TryGetValue(request.Flow, out var siblings))
            {
                _clientsOfConnection[request.Flow] = siblings = [];
            }

            siblings.Add(transaction);
        }

        transaction.Start();
        if (!fits || !request.Flow.IsOpen)
        {
            Loop.Post(transaction.OnTransportError);
        }

        return transaction;
    }

    private void OnMessage(SipMessage message, SipFlow flow)
    {
        if (message.IsRequest)
        {
            OnRequest(message, flow);
        }
        else
        {
            OnResponse(message, flow);
        }
    }

    private void OnFlowClosed(SipFlow flow)
    {
        if (_clientsOfConnection.TryGetValue(flow, out var transactions))
        {
            foreach (var transaction in transactions.ToArray())
            {
                transaction.OnTransportError();
            }
        }
    }

    private void OnResponse(SipMessage response, SipFlow flow)
    {
        // Section 18.1.2: the sent-by must be ours; section 8.1.3.3: no Via but those that we sent. The branch is unguessable.
        if (response.Via!.Branch is { } branch
            && _clients.TryGetValue(new ClientTransactionKey(branch, response.Method), out var transaction)
            && response.Vias.Count == transaction.Request.Vias.Count
            && response.Via.Port == transaction.Request.Via!.Port
            && string.Equals(response.Via.Host, transaction.Request.Via.Host, StringComparison.OrdinalIgnoreCase))
        {
            transaction.OnResponse(response);
        }
        else
        {
            Statistics.StrayResponses++;
            StrayResponse?.Invoke(response, flow);
        }
    }

    private void OnRequest(SipMessage request, SipFlow flow)
    {
        if (request.Method == SipMethod.Ack)
        {
            OnAck(request, flow);
        }
        else if (_servers.TryGetValue(ServerTransactionKey.Of(request, request.Method), out var known))
        {
            known.OnRetransmission();
        }
        else if (Count >= _limits.Transactions)
        {
            Statistics.Refused++;
            Refuse(request, flow);
        }
        else if (request.Method == SipMethod.Cancel)
        {
            OnCancel(request, flow);
        }
        else if (MergeKey.Of(request) is { } key && _unmerged.ContainsKey(key))
        {
            Statistics.Merged++;
            Add(request, flow).Respond(482);
        }
        else
        {
            Dispatch(Add(request, flow));
        }
    }

    private void OnAck(SipMessage ack, SipFlow flow)
    {
        var invite = _servers.GetValueOrDefault(ServerTransactionKey.Of(ack, SipMethod.Invite)) as InviteServerTransaction;
        if (invite is null || !invite.OnAck())
        {
            AckReceived?.Invoke(ack, flow);
        }
    }

    /// <summary>Section 9.2. Nobody cancels the INVITE of another: the branch alone is not enough.</summary>
    private void OnCancel(SipMessage cancel, SipFlow flow)
    {
        var invite = _servers.GetValueOrDefault(ServerTransactionKey.Of(cancel, SipMethod.Invite)) as InviteServerTransaction;
        var transaction = Add(cancel, flow);
        if (invite is null || !IsSameCaller(invite, cancel, flow))
        {
            transaction.Respond(481);
            return;
        }

        var response = SipMessage.CreateResponse(cancel, 200);
        response.Headers.Set(SipHeaderId.To, invite.CreateResponse(200).Headers.GetText(SipHeaderId.To)!);
        transaction.Respond(response);
        invite.OnCancel();
    }

    private static bool IsSameCaller(InviteServerTransaction invite, SipMessage cancel, SipFlow flow) =>
        invite.Flow.Remote.Address.Equals(flow.Remote.Address)
        && string.Equals(invite.Request.CallId!.Value, cancel.CallId!.Value, StringComparison.Ordinal)
        && string.Equals(invite.Request.From!.Tag, cancel.From!.Tag, StringComparison.Ordinal);

    private ServerTransaction Add(SipMessage request, SipFlow flow)
    {
        ServerTransaction transaction = request.Method == SipMethod.Invite
            ? new InviteServerTransaction(this, request, flow)
            : new NonInviteServerTransaction(this, request, flow);
        _servers.Add(transaction.Key, transaction);
        if (transaction.MergeKey is { } key)
        {
            _unmerged.TryAdd(key, transaction);
        }

        transaction.Start();
        return transaction;
    }

    private void Dispatch(ServerTransaction transaction)
    {
        try
        {
            if (RequestReceived is null)
            {
                transaction.Respond(503);
            }
            else
            {
                RequestReceived(transaction);
            }
        }
        catch
        {
            // The loop logs the exception; the peer gets an answer, unless it has one.
            if (!transaction.IsAnswered)
            {
                transaction.Respond(500);
            }

            throw;
        }
    }

    private void Refuse(SipMessage request, SipFlow flow)
    {
        var response = SipMessage.CreateResponse(request, 503);
        StatelessTag.AddTo(response, request);
        response.Headers.Set(SipHeaderId.RetryAfter, _limits.RetryAfter.ToString(CultureInfo.InvariantCulture));
        SipTransport.ResponseFlow(request, flow).Send(response.ToArray());
    }
}
