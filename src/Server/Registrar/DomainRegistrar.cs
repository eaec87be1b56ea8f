using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using OmaIm.Protocols.Sip;
using OmaIm.Server.Core;
using OmaIm.Server.Core.Ports;
using OmaIm.Stack.Timing;
using OmaIm.Stack.Transactions;
using OmaIm.Stack.Transport;

namespace OmaIm.Server.Registrar;

/// <summary>
/// The registrar and location service of the domain (RFC 3261 section 10.3). Only accounts have entries, so the table is bounded by
/// the accounts and the contacts that each may have. The sender is authenticated before he comes here.
/// </summary>
public sealed partial class DomainRegistrar(
    AddressPlan addresses,
    ICredentialStore accounts,
    RegistrarOptions options,
    ControlLoop loop,
    Func<IPEndPoint, SipFlow?> udpFlow,
    ServerMetrics metrics,
    ILoggerFactory loggers) : IRequestHandler, ILocationService
{
    private readonly Dictionary<string, List<Binding>> _bindings = new(StringComparer.Ordinal);
    private readonly ILogger _logger = loggers.CreateLogger<DomainRegistrar>();

    public IReadOnlyList<RegisteredContact> Find(string aor) => _bindings.TryGetValue(aor, out var bindings)
        ? [.. bindings.Where(binding => binding.Flow.IsOpen).OrderByDescending(binding => binding.Q).Select(Reach)]
        : [];

    public void Handle(ServerTransaction transaction, Caller caller, Destination destination)
    {
        var request = transaction.Request;
        var refusal = Authorize(request, caller);
        if (refusal == RegistrarRefusal.None)
        {
            refusal = Update(request, transaction.Flow, caller.Aor);
        }

        if (refusal == RegistrarRefusal.None)
        {
            Answer(transaction, caller.Aor);
        }
        else
        {
            Refuse(transaction, refusal);
        }
    }

    private RegistrarRefusal Authorize(SipMessage request, Caller caller)
    {
        if (!addresses.TryGetUser(request.To!.Uri, out var user) || !accounts.Exists(user))
        {
            return RegistrarRefusal.UnknownUser;
        }

        return string.Equals(user, caller.User, StringComparison.Ordinal) ? RegistrarRefusal.None : RegistrarRefusal.ForeignUser;
    }

    // All or nothing: every check comes before the first change (RFC 3261 section 10.3, step 7).
    private RegistrarRefusal Update(SipMessage request, SipFlow flow, string aor)
    {
        var refusal = ContactUpdate.Read(request, options, out var updates, out var isWildcard);
        if (refusal != RegistrarRefusal.None)
        {
            return refusal;
        }

        var bindings = _bindings.GetValueOrDefault(aor) ?? [];
        var touched = isWildcard ? bindings : bindings.Where(binding => updates.Exists(update => update.Uri.IsEquivalentTo(binding.Uri)));
        if (touched.Any(binding => IsOutOfOrder(binding, request)))
        {
            return RegistrarRefusal.OutOfOrder;
        }

        if (isWildcard)
        {
            updates = bindings.ConvertAll(binding => new ContactUpdate(binding.Uri, binding.Parameters, binding.Q, TimeSpan.Zero));
        }

        if (!MakeRoom(aor, bindings, updates))
        {
            return RegistrarRefusal.TooManyContacts;
        }

        updates.ForEach(update => Apply(aor, update, request, flow));
        return RegistrarRefusal.None;
    }

    private static bool IsOutOfOrder(Binding binding, SipMessage request) =>
        string.Equals(binding.CallId, request.CallId!.Value, StringComparison.Ordinal) && request.CSeq!.Number <= binding.CSeq;

    // What the REGISTER itself takes back makes room. And a client that comes back on a new connection leaves its old contact behind: that
    // one is the first to go, but not for a REGISTER that is refused all the same.
    private bool MakeRoom(string aor, List<Binding> bindings, List<ContactUpdate> updates)
    {
        var bound = updates.Where(update => update.Expires > TimeSpan.Zero).ToList();
        var added = bound.Where(update => Find(bindings, update.Uri) is null).DistinctBy(update => update.Uri.ToString()).Count();
        var kept = bindings.Where(binding => bound.Exists(update => update.Uri.IsEquivalentTo(binding.Uri))).ToList();
        var others = bindings.Where(binding => !updates.Exists(update => update.Uri.IsEquivalentTo(binding.Uri))).ToList();
        if (kept.Count + others.Count + added <= options.ContactsPerUser)
        {
            return true;
        }

        if (kept.Count + others.Count(binding => binding.Flow.IsOpen) + added > options.ContactsPerUser)
        {
            return false;
        }

        others.Where(binding => !binding.Flow.IsOpen).ToList().ForEach(binding => Remove(aor, binding));
        return true;
    }

    private void Apply(string aor, ContactUpdate update, SipMessage request, SipFlow flow)
    {
        var binding = _bindings.TryGetValue(aor, out var bindings) ? Find(bindings, update.Uri) : null;
        if (update.Expires == TimeSpan.Zero)
        {
            Remove(aor, binding);
            return;
        }

        var expires = loop.Time.GetTimestamp() + (long)(update.Expires.TotalSeconds * loop.Time.TimestampFrequency);
        if (binding is null)
        {
            binding = new Binding(update.Uri)
            {
                Parameters = update.Parameters,
                Features = new FeatureSet(update.Parameters),
                Q = update.Q,
                CallId = request.CallId!.Value,
                CSeq = request.CSeq!.Number,
                Flow = flow,
                Expires = expires,
            };
            binding.Timer = loop.Schedule(update.Expires, () => Remove(aor, binding));
            _bindings.TryAdd(aor, []);
            _bindings[aor].Add(binding);
            metrics.ContactsChanged(+1);
            return;
        }

        binding.Parameters = update.Parameters;
        binding.Features = new FeatureSet(update.Parameters);
        binding.Q = update.Q;
        binding.CallId = request.CallId!.Value;
        binding.CSeq = request.CSeq!.Number;
        binding.Flow = flow;
        binding.Expires = expires;
        binding.Timer!.Restart(update.Expires);
    }

    private void Remove(string aor, Binding? binding)
    {
        if (binding is not null && _bindings.TryGetValue(aor, out var bindings) && bindings.Remove(binding))
        {
            binding.Timer?.Cancel();
            metrics.ContactsChanged(-1);
            if (bindings.Count == 0)
            {
                _bindings.Remove(aor);
            }
        }
    }

    private static Binding? Find(List<Binding> bindings, SipUri uri) => bindings.Find(binding => binding.Uri.IsEquivalentTo(uri));

    // The flow that registered is the way back, which NAT lets through and which points at nobody else. Only a contact on another
    // port of the very same host is reached directly: a client that listens beside the socket it sends from.
    private RegisteredContact Reach(Binding binding)
    {
        var flow = binding.Flow;
        if (flow.Protocol == SipProtocol.Udp
            && binding.Uri.Port is { } port
            && port != flow.Remote.Port
            && string.Equals(binding.Uri.Host.Trim('[', ']'), flow.Remote.Address.ToString(), StringComparison.OrdinalIgnoreCase))
        {
            flow = udpFlow(new IPEndPoint(flow.Remote.Address, port)) ?? flow;
        }

        return new RegisteredContact(binding.Uri, flow, binding.Q, binding.Features);
    }

    // The 200 lists all bindings with what is left of their time (RFC 3261 section 10.3, step 8).
    private void Answer(ServerTransaction transaction, string aor)
    {
        var headers = new List<(SipHeaderId, string)>();
        foreach (var binding in _bindings.GetValueOrDefault(aor) ?? [])
        {
            var remaining = (binding.Expires - loop.Time.GetTimestamp()) / (double)loop.Time.TimestampFrequency;
            var seconds = Math.Max(0, (long)Math.Ceiling(remaining)).ToString(CultureInfo.InvariantCulture);
            headers.Add((SipHeaderId.Contact, $"<{binding.Uri}>{binding.Parameters};expires={seconds}"));
        }

        headers.Add((SipHeaderId.Date, loop.Time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture)));
        transaction.Respond(200, null, [.. headers]);
    }

    private void Refuse(ServerTransaction transaction, RegistrarRefusal refusal)
    {
        var (status, phrase, tag) = RegistrarRefusals.Describe(refusal);
        metrics.Refused("registrar", tag);
        LogRefused(tag, transaction.Flow.Remote);
        if (refusal == RegistrarRefusal.TooBrief)
        {
            var minimum = ((int)options.MinimumExpires.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            transaction.Respond(status, phrase, (SipHeaderId.MinExpires, minimum));
        }
        else
        {
            transaction.Respond(status, phrase, []);
        }
    }

    [LoggerMessage(EventId = 3201, Level = LogLevel.Debug, Message = "REGISTER refused ({Reason}) from {Remote}")]
    private partial void LogRefused(string reason, IPEndPoint remote);
}
